// Where the graph is drawn, however it is drawn.

import type { Graph, Node } from "./data";
import type { View } from "./filters";
import type { State } from "./state";
import { community, type Palette } from "./theme";

/** What is drawn now. */
export interface Scene {
  state: State;
  view: View;
  colours: Palette;
  /** Nodes of the way that is shown, if one is. */
  way: readonly Node[];
}

export interface Stage {
  draw(scene: Scene): void;
  /** Brings nodes into sight. */
  look(nodes: readonly Node[]): void;
  zoom(by: "in" | "out" | "all"): void;
  pan(x: number, y: number): void;
  /** Where a place of the plane lies in the frame, in pixels; and the frame's size. */
  frame(): { width: number; height: number; at(node: Node): { x: number; y: number }; scale: number };
}

export interface Asked {
  /** A click on a node, or on none. */
  pick(node: Node | null): void;
  camera(camera: State["camera"]): void;
}

/** A node's radius in the layout's units; src/export/page.rs lays out by the same rule. */
export function radius(node: Node, talks: number): number {
  if (node.kind === "talk" || node.kind === "document") return 2.2;
  if (node.kind === "person") return 2.4;
  return Math.min(1.4 + 1.9 * Math.sqrt(Math.max(talks, 1)), 22);
}

/** How many pixels a unit of the layout has where all of the graph is in sight, as src/layout/apart.rs shares out the room. */
export function unit(graph: Graph, pixels: number): number {
  const room = graph.nodes.reduce((sum, node) => sum + (radius(node, node.talks) + 2) ** 2, 0) / 0.22;
  return Math.min(Math.max(pixels / 2 / Math.sqrt(room), 0.4), 1.3);
}

export function colour(node: Node, scene: Scene): string {
  const { colours, state } = scene;
  return state.colour === "kind" ? colours.kinds[node.kind] : community(colours, node.community);
}

/** What a label says on the drawing: titles of talks are long. */
export function short(label: string): string {
  const clean = label.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  const letters = [...clean.slice(0, 200)];
  return letters.length > 36 ? `${letters.slice(0, 35).join("")}…` : clean;
}

/** Those that the reader looks at: the chosen node with its neighbours, or the way; none if everything counts alike. */
export function meant(graph: Graph, scene: Scene, hovered: Node | null): Set<Node> | null {
  const { state, view, way } = scene;
  if (way.length > 0) return new Set(way);
  const centre = hovered ?? (state.node === null ? undefined : graph.byId.get(state.node));
  if (centre === undefined || view.nodes[centre.index] === 0) return null;
  const near = new Set([centre]);
  for (const edge of centre.edges) {
    if (view.edges[edge.index] === 1) near.add(edge.source).add(edge.target);
  }
  return near;
}
