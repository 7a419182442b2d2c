// What the reader has chosen, and who wants to know when that changes.

import { KINDS, type Kind } from "./data";

export type Theme = "auto" | "light" | "dark";
export type Language = "en" | "ko";
export type List = "top" | "rising" | "matrix";

export interface State {
  /** The node whose panel is open. */
  node: string | null;
  /** The node to find the way to. */
  to: string | null;
  /** How many steps around the node are shown; 0 shows everything. */
  ego: number;
  kinds: ReadonlySet<Kind>;
  company: string | null;
  event: string | null;
  category: string | null;
  /** Months, `YYYY-MM`. */
  since: string | null;
  until: string | null;
  colour: "kind" | "community";
  theme: Theme;
  language: Language;
  list: List;
  /** The middle and the zoom of the graph; null shows all of it. */
  camera: [x: number, y: number, ratio: number] | null;
}

/** The kinds that are shown before anyone chooses. */
export const SHOWN: readonly Kind[] = KINDS.filter((kind) => kind !== "person" && kind !== "document");

export function initial(language: Language): State {
  return {
    node: null,
    to: null,
    ego: 0,
    kinds: new Set(SHOWN),
    company: null,
    event: null,
    category: null,
    since: null,
    until: null,
    colour: "kind",
    theme: "auto",
    language,
    list: "top",
    camera: null,
  };
}

export type Changed = ReadonlySet<keyof State>;
type Listener = (state: State, changed: Changed) => void;

export class Store {
  private readonly listeners: Listener[] = [];

  constructor(private state: State) {}

  get(): State {
    return this.state;
  }

  set(patch: Partial<State>): void {
    const keys = Object.keys(patch) as (keyof State)[];
    const changed = new Set(keys.filter((key) => patch[key] !== this.state[key]));
    if (changed.size === 0) return;
    this.state = { ...this.state, ...patch };
    for (const listener of this.listeners) listener(this.state, changed);
  }

  watch(listener: Listener): void {
    this.listeners.push(listener);
  }
}
