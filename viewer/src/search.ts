// Finding nodes by what they are called.
//
// In: what was typed so far. Out: the nodes that have it in their label or an alias, best first: the whole name, its start,
// the start of a word in it, anywhere in it; of equals, the one with more talks.

import type { Graph, Kind, Node } from "./data";
import { areInitials, initials, keys } from "./hangul";

interface Name {
  node: Node;
  text: string;
  /** Folded and spelled by letters. */
  key: string;
  /** Where words start in the key. */
  starts: number[];
  initials: string;
}

export interface Found {
  node: Node;
  /** The alias that was meant, if it was not the label. */
  alias: string | null;
}

/** Talks are found last: their titles hold the names of all else. */
const LATER: Partial<Record<Kind, number>> = { talk: 4, document: 4 };

/** What letter case, width, spaces and hyphens make no difference to. */
export function fold(text: string): string {
  // Single letters of Hangul stay as they are typed: NFKC would make them parts of syllables.
  const plain = text.replaceAll(/[^\u3131-\u3163]+/gu, (other) => other.normalize("NFKC"));
  return keys(plain.toLowerCase().replaceAll(/[\s_\-·.]+/gu, ""));
}

export class Search {
  /** Made when first asked for. */
  private names: Name[] | null = null;

  constructor(private readonly graph: Graph) {}

  find(typed: string, most: number): Found[] {
    this.names ??= this.graph.nodes.flatMap((node) => {
      const texts = [node.label, ...(node.aliases ?? []), ...(node.series === undefined ? [] : [node.series])];
      return texts.map((text) => named(node, text));
    });
    const wanted = fold(typed);
    if (wanted === "") return [];
    const byInitials = areInitials(typed.trim()) ? typed.trim() : null;
    const best = new Map<Node, { rank: number; name: Name }>();
    for (const name of this.names) {
      const match = rank(name, wanted, byInitials);
      if (match < 0) continue;
      const ranked = match + (LATER[name.node.kind] ?? 0);
      const known = best.get(name.node);
      if (known === undefined || ranked < known.rank) best.set(name.node, { rank: ranked, name });
    }
    const found = [...best.values()].sort(
      (a, b) => a.rank - b.rank || b.name.node.talks - a.name.node.talks || a.name.text.length - b.name.text.length,
    );
    return found.slice(0, most).map(({ name }) => ({ node: name.node, alias: name.text === name.node.label ? null : name.text }));
  }
}

function named(node: Node, text: string): Name {
  const short = text.slice(0, 300);
  const starts: number[] = [];
  let length = 0;
  for (const word of short.split(/[\s_\-·./(,:]+/u)) {
    starts.push(length);
    length += fold(word).length;
  }
  return { node, text, key: fold(short), starts, initials: initials(short.replaceAll(/\s+/gu, "")) };
}

function rank(name: Name, wanted: string, byInitials: string | null): number {
  if (name.key === wanted) return 0;
  const at = name.key.indexOf(wanted);
  if (at === 0) return 1;
  if (at > 0) return name.starts.includes(at) ? 2 : 3;
  if (byInitials === null) return -1;
  return name.initials.startsWith(byInitials) ? 1 : -1;
}
