// Which part of the graph is shown.
//
// In: the graph and what was chosen. Out: the nodes and edges that are shown, and how many of the chosen talks each node has.
// Company, event, category and time choose talks, as the command line's filters do; kinds choose what of their world is shown.

import { other, type Edge, type Graph, type Kind, type Node } from "./data";
import type { State } from "./state";

export interface View {
  /** Whether a node belongs to the chosen talks, shown or not; by index. */
  within: Uint8Array;
  nodes: Uint8Array;
  edges: Uint8Array;
  /** Chosen talks by node; by index. */
  talks: Int32Array;
  /** The chosen talks. */
  chosen: Node[];
  /** Whether talks are chosen at all, rather than all of them taken. */
  filtered: boolean;
}

type Choice = Pick<State, "company" | "event" | "category" | "since" | "until" | "kinds" | "node" | "ego">;

export function view(graph: Graph, choice: Choice): View {
  const { within, chosen, filtered } = world(graph, choice);
  const talks = counts(graph, chosen, filtered);
  const drawsTalks = choice.kinds.has(graph.speaking) && chosen.length > 0;
  const drawn = (edge: Edge): boolean => !edge.derived || (edge.kind === "uses" && !drawsTalks);
  const nodes = new Uint8Array(graph.nodes.length);
  for (const node of graph.nodes) nodes[node.index] = Number(within[node.index] === 1 && choice.kinds.has(node.kind));
  const centre = choice.node === null ? undefined : graph.byId.get(choice.node);
  // What is looked at is shown, whatever its kind.
  if (centre !== undefined) nodes[centre.index] = within[centre.index]!;
  if (choice.ego > 0 && centre !== undefined) nodes.set(around(centre, choice.ego, nodes, drawn));
  const edges = new Uint8Array(graph.edges.length);
  for (const edge of graph.edges) {
    edges[edge.index] = Number(drawn(edge) && nodes[edge.source.index]! + nodes[edge.target.index]! === 2);
  }
  return { within, nodes, edges, talks, chosen, filtered };
}

/** The chosen talks, and everything that they are joined to. */
function world(graph: Graph, choice: Choice): Pick<View, "within" | "chosen" | "filtered"> {
  const talks = graph.nodes.filter((node) => node.kind === graph.speaking);
  const { company, event, category, since, until } = choice;
  const ends = [company, event].filter((id) => id !== null);
  const filtered = ends.length > 0 || category !== null || since !== null || until !== null;
  const within = new Uint8Array(graph.nodes.length);
  const fits = (node: Node): boolean => category === null || !isNamed(node.kind) || node.category === category;
  if (!filtered) return { within: within.fill(1), chosen: talks, filtered };
  const inTime = (talk: Node): boolean => {
    if (since === null && until === null) return true;
    const month = talk.date?.slice(0, 7);
    return month !== undefined && (since === null || month >= since) && (until === null || month <= until);
  };
  const wanted = (node: Node): boolean =>
    ends.every((id) => node.id === id || node.edges.some((edge) => other(edge, node).id === id)) &&
    (category === null || node.category === category || node.edges.some((edge) => other(edge, node).category === category));
  const speaks = talks.length > 0;
  const chosen = (speaks ? talks : graph.nodes).filter((node) => wanted(node) && inTime(node));
  for (const talk of chosen) {
    within[talk.index] = 1;
    for (const edge of talk.edges) {
      const end = other(edge, talk);
      if (!fits(end)) continue;
      within[end.index] = 1;
      // Whom speakers work for, and who hosts the event.
      for (const further of end.edges) if (further.kind === "works_at" || further.kind === "hosted_by") within[further.target.index] = 1;
    }
  }
  return { within, chosen: speaks ? chosen : [], filtered };
}

function isNamed(kind: Kind): boolean {
  return kind === "technology" || kind === "concept";
}

function counts(graph: Graph, chosen: Node[], filtered: boolean): Int32Array {
  const counted = filtered || graph.speaking === "document";
  if (!counted || !graph.nodes.some((node) => node.kind === graph.speaking)) return Int32Array.from(graph.nodes, (node) => node.talks);
  const talks = new Int32Array(graph.nodes.length);
  for (const talk of chosen) for (const end of new Set(talk.edges.map((edge) => other(edge, talk)))) talks[end.index]! += 1;
  return talks;
}

/** The shown nodes within so many steps. */
function around(centre: Node, steps: number, shown: Uint8Array, drawn: (edge: Edge) => boolean): Uint8Array {
  const near = new Uint8Array(shown.length);
  near[centre.index] = 1;
  let ring = [centre];
  for (let step = 0; step < steps; step += 1) {
    const next: Node[] = [];
    for (const node of ring) {
      for (const edge of node.edges) {
        const end = other(edge, node);
        if (!drawn(edge) || near[end.index] === 1 || shown[end.index] === 0) continue;
        near[end.index] = 1;
        next.push(end);
      }
    }
    ring = next;
  }
  return near;
}
