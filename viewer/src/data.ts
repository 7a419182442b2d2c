// The graph of the page: what src/export/page.rs wrote, read once and joined up.
//
// In: the JSON of schema techgraph/page/1. Out: nodes with their neighbours, and edges with their evidence.

export const SCHEMA = "techgraph/page/1";

export const KINDS = ["technology", "company", "talk", "concept", "event", "person", "document"] as const;
export type Kind = (typeof KINDS)[number];

/** What joins by way of talks, or is known without them: drawn only where talks are not. */
const DERIVED = new Set(["uses", "maintains"]);

export interface Resources {
  session?: string;
  slides?: string[];
  videos?: string[];
  repositories?: string[];
}

/** A node as it is written; `at` is its place in the plane, y upwards. */
interface Written {
  id: string;
  kind: Kind;
  label: string;
  at: [number, number];
  community: number;
  talks: number;
  aliases?: string[];
  category?: string;
  url?: string;
  series?: string;
  place?: string;
  date?: string;
  resources?: Resources;
}

export interface Node extends Written {
  index: number;
  /** Edges that start or end here. */
  edges: Edge[];
}

export interface Evidence {
  document: string;
  line: number;
  column: number;
  surface: string;
  quote: string;
  /** Of the published report; empty where it is not known. */
  url: string;
}

export interface Edge {
  index: number;
  source: Node;
  target: Node;
  kind: string;
  count: number;
  derived: boolean;
  /** How many places say so; `evidence` holds the first of them. */
  said: number;
  evidence: Evidence[];
}

export interface Graph {
  title: string;
  version: string;
  /** Where the page is served: by what the graph is told from the next. */
  live: string | null;
  /** The kind of node that counts as a talk. */
  speaking: Kind;
  nodes: Node[];
  edges: Edge[];
  byId: Map<string, Node>;
}

type EvidenceRow = [document: number, line: number, column: number, surface: string, quote: number, url: string];
type EdgeRow = [source: number, target: number, kind: number, count: number, said: number, evidence: EvidenceRow[]];

interface Page {
  schema: string;
  version: string;
  title: string;
  live?: string;
  speaking: Kind;
  kinds: string[];
  documents: string[];
  quotes: string[];
  nodes: Written[];
  edges: EdgeRow[];
}

export function read(json: string): Graph {
  const page = JSON.parse(json) as Page;
  if (page.schema !== SCHEMA) throw new Error(`the page's data is ${page.schema}, not ${SCHEMA}`);
  const nodes: Node[] = page.nodes.map((node, index) => ({ ...node, index, edges: [] }));
  const edges: Edge[] = page.edges.map(([source, target, kind, count, said, evidence], index) => {
    const name = page.kinds[kind] ?? "";
    return {
      index,
      source: nodes[source]!,
      target: nodes[target]!,
      kind: name,
      count,
      derived: DERIVED.has(name),
      said,
      evidence: evidence.map(([document, line, column, surface, quote, url]) => ({
        document: page.documents[document] ?? "",
        line,
        column,
        surface,
        quote: page.quotes[quote] ?? "",
        url,
      })),
    };
  });
  for (const edge of edges) {
    edge.source.edges.push(edge);
    if (edge.target !== edge.source) edge.target.edges.push(edge);
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return { title: page.title, version: page.version, live: page.live ?? null, speaking: page.speaking, nodes, edges, byId };
}

/** The other end of an edge. */
export function other(edge: Edge, node: Node): Node {
  return edge.source === node ? edge.target : edge.source;
}
