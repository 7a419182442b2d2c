// Talks over time, with two handles that choose from when to when.

import type { Graph, Node } from "./data";
import { fill, h } from "./dom";
import { periods, place, type Period } from "./periods";
import type { State, Store } from "./state";
import type { Words } from "./words";

export class Timeline {
  private readonly periods: Period[];
  private readonly places: Int32Array;
  private readonly undated: number;

  constructor(private readonly root: HTMLElement, graph: Graph, private readonly store: Store) {
    const talks = graph.nodes.filter((node) => node.kind === graph.speaking);
    this.periods = periods(talks.map((talk) => talk.date));
    this.places = Int32Array.from(graph.nodes, (node) => place(this.periods, node.date));
    this.undated = talks.filter((talk) => this.places[talk.index] === -1).length;
    root.hidden = this.periods.length < 2;
  }

  /** Draws it; `talks` are those that the other filters leave. */
  draw(state: State, talks: readonly Node[], words: Words): void {
    if (this.root.hidden) return;
    const counts = this.periods.map(() => 0);
    for (const talk of talks) {
      const at = this.places[talk.index]!;
      if (at >= 0) counts[at]! += 1;
    }
    const last = this.periods.length - 1;
    const [from, to] = [this.start(state), this.end(state)];
    const most = Math.max(...counts, 1);
    const bars = counts.map((count, at) =>
      h("i", { class: at >= from && at <= to ? "in" : "", style: `height:${count === 0 ? 0 : Math.max((100 * count) / most, 4)}%`, title: `${this.periods[at]!.name}: ${words.talks(count)}` }),
    );
    const chosen = from === 0 && to === last ? words.allTime : `${this.periods[from]!.name} – ${this.periods[to]!.name}`;
    const old = this.root.querySelector<HTMLInputElement>("input:focus")?.dataset["end"];
    fill(
      this.root,
      h("div", { class: "legend" }, h("span", {}, this.periods[0]!.name), h("output", {}, chosen), this.undated > 0 && (from > 0 || to < last) ? h("small", {}, words.undated(this.undated)) : null, h("span", {}, this.periods[last]!.name)),
      h("div", { class: "bars", "aria-hidden": "true" }, ...bars),
      this.handle("since", from, words.since),
      this.handle("until", to, words.until),
    );
    if (old !== undefined) this.root.querySelector<HTMLInputElement>(`input[data-end=${old}]`)?.focus();
  }

  private handle(end: "since" | "until", value: number, name: string): HTMLInputElement {
    const slider = h("input", { type: "range", min: 0, max: this.periods.length - 1, step: 1, "aria-label": name, "aria-valuetext": this.periods[value]!.name, "data-end": end });
    slider.value = String(value);
    slider.addEventListener("input", () => {
      const state = this.store.get();
      const [from, to] = [this.start(state), this.end(state)];
      const at = end === "since" ? Math.min(Number(slider.value), to) : Math.max(Number(slider.value), from);
      slider.value = String(at);
      const last = this.periods.length - 1;
      this.store.set(end === "since" ? { since: at === 0 ? null : this.periods[at]!.since } : { until: at === last ? null : this.periods[at]!.until });
    });
    return slider;
  }

  private start({ since }: State): number {
    const at = since === null ? 0 : this.periods.findIndex((period) => period.until >= since);
    return at < 0 ? this.periods.length - 1 : at;
  }

  private end({ until }: State): number {
    const at = until === null ? -1 : this.periods.findLastIndex((period) => period.since <= until);
    return until === null ? this.periods.length - 1 : Math.max(at, 0);
  }
}
