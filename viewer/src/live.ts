// News of the graph, where the page is served: once there is another, the page is loaded again.
//
// In: what the server tells (`api/events`) and what the reader does. Out: a page of the graph of the moment. What the reader has
// chosen is in the address and stays, as does how far they have scrolled; who is doing something is not interrupted.

import { part } from "./dom";
import type { Words } from "./words";

/** How long the reader has to have been still before the page is loaded again, in milliseconds. */
const STILL = 1_000;
/** How long the server may be away before that is said; how long until it is asked again if the browser does not. */
const [PATIENCE, PAUSE] = [3_000, 5_000];
/** How long it is said that the server is back. */
const SAID = 5_000;
const SCROLLED = ["panel", "list"];

/** What is kept from one load of the page to the next. */
interface Kept {
  /** The graph that the page was loaded again for: not twice, should the server then give another still. */
  asked: string;
  scrolled: number[];
}

export class Live {
  private readonly kept = history.state as Kept | null;
  /** The server's graph, if it is not the page's. */
  private newer: string | null = null;
  private news: EventSource | null = null;
  private said: "lost" | "back" | "newer" | null = null;
  private isPressed = false;
  private acted = -STILL;
  private timers: Partial<Record<"load" | "lost" | "listen", ReturnType<typeof setTimeout>>> = {};

  constructor(private readonly version: string, private readonly words: () => Words) {
    SCROLLED.forEach((id, index) => (part(id).scrollTop = this.kept?.scrolled[index] ?? 0));
    for (const act of ["pointerdown", "pointerup", "pointercancel", "keydown", "wheel", "focusout"]) {
      addEventListener(act, () => this.act(act), { capture: true, passive: true });
    }
    // A browser keeps few connections to a server, for all of its tabs: those that are not seen leave theirs to others.
    document.addEventListener("visibilitychange", () => (document.hidden ? this.stop() : this.listen()));
    if (!document.hidden) this.listen();
  }

  /** Says what there is to say, in the language of the moment. */
  speak(): void {
    part("news").textContent = this.said === null ? "" : this.words()[this.said];
  }

  private say(what: typeof this.said): void {
    this.said = what;
    this.speak();
  }

  private listen(): void {
    this.stop();
    const news = new EventSource("api/events");
    this.news = news;
    news.addEventListener("open", () => {
      clearTimeout(this.timers.lost);
      delete this.timers.lost;
      if (this.said !== "lost") return;
      this.say("back");
      setTimeout(() => this.said === "back" && this.say(null), SAID);
    });
    news.addEventListener("graph", ({ data }: MessageEvent<string>) => {
      this.newer = data === this.version || data === this.kept?.asked ? null : data;
      if (this.newer === null && this.said === "newer") this.say(null);
      this.soon();
    });
    news.addEventListener("error", () => {
      this.newer = null;
      this.timers.lost ??= setTimeout(() => this.say("lost"), PATIENCE);
      if (news.readyState === EventSource.CLOSED) this.timers.listen = setTimeout(() => this.listen(), PAUSE);
    });
  }

  private stop(): void {
    this.news?.close();
    clearTimeout(this.timers.listen);
  }

  private act(act: string): void {
    if (act.startsWith("pointer")) this.isPressed = act === "pointerdown";
    this.acted = performance.now();
    this.soon();
  }

  /** Loads the page again if there is reason to, once the reader is still. */
  private soon(): void {
    clearTimeout(this.timers.load);
    if (this.newer !== null) this.timers.load = setTimeout(() => this.load(), this.acted + STILL - performance.now());
  }

  private load(): void {
    if (this.newer === null || this.isPressed) return;
    if (document.activeElement?.matches("#search, select")) return this.say("newer");
    const kept: Kept = { asked: this.newer, scrolled: SCROLLED.map((id) => part(id).scrollTop) };
    history.replaceState(kept, "");
    // Without the graph of old: a browser that draws with the processor draws that on and on until the page has come, which
    // then takes five times as long.
    part("stage").replaceChildren();
    requestAnimationFrame(() => setTimeout(() => location.reload()));
  }
}
