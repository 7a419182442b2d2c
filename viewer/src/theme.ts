// Colours, light and dark: those of techgraph's pictures.

import type { Kind } from "./data";
import type { Theme } from "./state";

export interface Palette {
  dark: boolean;
  paper: string;
  ink: string;
  soft: string;
  edge: string;
  /** Edges at what is chosen. */
  strong: string;
  /** Nodes that are not meant now. */
  faint: string;
  kinds: Record<Kind, string>;
  communities: string[];
}

const LIGHT: Palette = {
  dark: false,
  paper: "#fbfcfd",
  ink: "#1c2733",
  soft: "#5b6b7b",
  edge: "rgba(110,130,152,0.26)",
  strong: "rgba(63,120,181,0.75)",
  faint: "#e6eaef",
  kinds: {
    technology: "#3a8f5c",
    company: "#d39b22",
    talk: "#8fb2d6",
    concept: "#3aa6a0",
    event: "#9467bd",
    person: "#d37295",
    document: "#97a3ae",
  },
  communities: ["#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#9467bd", "#3aa6a0", "#d4a81e", "#d37295", "#8a6d5c", "#97a3ae"],
};

const DARK: Palette = {
  dark: true,
  paper: "#14191f",
  ink: "#e8edf2",
  soft: "#9fb0c0",
  edge: "rgba(125,148,172,0.2)",
  strong: "rgba(106,167,230,0.8)",
  faint: "#242c35",
  kinds: {
    technology: "#5fc48a",
    company: "#e2b450",
    talk: "#4d79a8",
    concept: "#5cc4be",
    event: "#b28ad6",
    person: "#e295b3",
    document: "#74838f",
  },
  communities: ["#6f9bd1", "#f5a656", "#79bd70", "#ec7a7c", "#b28ad6", "#5cc4be", "#e2c14d", "#e295b3", "#b0917f", "#8494a3"],
};

const PREFERS = matchMedia("(prefers-color-scheme: dark)");

export function isDark(theme: Theme): boolean {
  return theme === "auto" ? PREFERS.matches : theme === "dark";
}

export function palette(theme: Theme): Palette {
  return isDark(theme) ? DARK : LIGHT;
}

/** Tells the style sheet; `changed` is called when the system turns dark or light. */
export function apply(theme: Theme): void {
  document.documentElement.dataset["theme"] = isDark(theme) ? "dark" : "light";
}

export function whenSystemTurns(changed: () => void): void {
  PREFERS.addEventListener("change", changed);
}

export function community(colours: Palette, index: number): string {
  return colours.communities[Math.min(index, colours.communities.length - 1)]!;
}
