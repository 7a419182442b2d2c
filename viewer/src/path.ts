// The shortest way between two nodes.
//
// In: two nodes, and what lies within the chosen talks. Out: the nodes along the way, both ends among them; none if there is
// no way. Ways lead through talks, people and what they share; through reports and what is derived only where there is no other.
// Of ways of one length, one through nodes that are joined to little says most, so those are tried first.

import { other, type Edge, type Graph, type Node } from "./data";

export interface Step {
  node: Node;
  /** The edge that leads here; none at the start. */
  by: Edge | null;
}

export function path(graph: Graph, from: Node, to: Node, within: Uint8Array): Step[] {
  const ends = [from, to];
  const isReport = (node: Node): boolean => node.kind === "document" && graph.speaking !== "document" && !ends.includes(node);
  const said = walk(from, to, within, (edge) => !edge.derived && !isReport(edge.source) && !isReport(edge.target));
  return said.length > 0 ? said : walk(from, to, within, () => true);
}

function walk(from: Node, to: Node, within: Uint8Array, leads: (edge: Edge) => boolean): Step[] {
  const came = new Map<Node, Edge | null>([[from, null]]);
  let ring = [from];
  while (ring.length > 0 && !came.has(to)) {
    ring.sort((a, b) => a.edges.length - b.edges.length || a.index - b.index);
    const next: Node[] = [];
    for (const node of ring) {
      for (const edge of node.edges) {
        const end = other(edge, node);
        if (came.has(end) || within[end.index] === 0 || !leads(edge)) continue;
        came.set(end, edge);
        next.push(end);
      }
    }
    ring = next;
  }
  const steps: Step[] = [];
  let node: Node | undefined = came.has(to) ? to : undefined;
  while (node !== undefined) {
    const by: Edge | null = came.get(node) ?? null;
    steps.unshift({ node, by });
    node = by === null ? undefined : other(by, node);
  }
  return steps;
}
