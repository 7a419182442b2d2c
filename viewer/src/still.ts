// The still picture of -f svg, where there is no WebGL. It stands in the page once, for browsers without scripts.

import type { Graph, Node } from "./data";
import { h } from "./dom";
import { unit, type Stage } from "./stage";

export class StillStage implements Stage {
  private readonly picture: HTMLImageElement;

  constructor(private readonly graph: Graph, private readonly container: HTMLElement) {
    const address = /src="(data:image\/svg\+xml;base64,[^"]*)"/u.exec(document.querySelector("noscript")?.textContent ?? "");
    this.picture = h("img", { src: address?.[1] ?? "", alt: graph.title, class: "still" });
    container.classList.add("without-webgl");
    container.append(this.picture);
  }

  draw(): void {}

  look(): void {}

  zoom(by: "in" | "out" | "all"): void {
    const now = this.picture.clientWidth;
    this.picture.style.width = by === "all" ? "" : `${Math.round(now * (by === "in" ? 1.25 : 0.8))}px`;
  }

  pan(x: number, y: number): void {
    this.container.scrollBy(x * 400, -y * 400);
  }

  frame(): ReturnType<Stage["frame"]> {
    const [width, height] = [1600, 1000];
    const xs = this.graph.nodes.map((node) => node.at[0]);
    const ys = this.graph.nodes.map((node) => node.at[1]);
    const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
    const most = (values: number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
    const [left, low] = [least(xs), least(ys)];
    const scale = Math.min((width - 200) / Math.max(most(xs) - left, 1), (height - 100) / Math.max(most(ys) - low, 1));
    const at = (node: Node): { x: number; y: number } => ({ x: 100 + (node.at[0] - left) * scale, y: height - 50 - (node.at[1] - low) * scale });
    return { width, height, scale: unit(this.graph, height), at };
  }
}
