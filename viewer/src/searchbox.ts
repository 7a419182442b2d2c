// The field to search in, with what it finds below it: a combobox, by the patterns of ARIA.

import type { Node } from "./data";
import { fill, h, said } from "./dom";
import type { Search } from "./search";
import type { Words } from "./words";

const MOST = 20;

export class SearchBox {
  private found: Node[] = [];
  private active = -1;

  constructor(
    readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly heard: HTMLElement,
    private readonly search: Search,
    private readonly words: () => Words,
    private readonly open: (node: Node) => void,
  ) {
    input.addEventListener("input", () => this.type());
    input.addEventListener("focus", () => this.type());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => setTimeout(() => this.hide(), 150));
  }

  private type(): void {
    const words = this.words();
    const found = this.search.find(this.input.value, MOST);
    this.found = found.map(({ node }) => node);
    this.active = found.length > 0 ? 0 : -1;
    if (this.input.value.trim() === "") return this.hide();
    const rows = found.map(({ node, alias }, index) =>
      h(
        "li",
        { id: `found-${index}`, role: "option", "data-id": node.id, onmousedown: (event) => this.pick(event, index) },
        h("i", { class: `dot ${node.kind}` }),
        said(node.label, { class: "name" }),
        alias === null ? null : said(alias, { class: "alias" }),
        h("small", {}, words.kinds[node.kind][0]),
      ),
    );
    fill(this.list, ...(rows.length > 0 ? rows : [h("li", { class: "none" }, words.nothing)]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.heard.textContent = words.results(found.length);
    this.mark();
  }

  private press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.stopPropagation();
      if (this.list.hidden && this.input.value === "") this.input.blur();
      this.input.value = "";
      this.hide();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const { length } = this.found;
      if (length > 0) this.active = (this.active + (event.key === "ArrowDown" ? 1 : -1) + length) % length;
      this.mark();
    } else if (event.key === "Enter" && this.active >= 0) {
      this.pick(event, this.active);
    }
  }

  private pick(event: Event, index: number): void {
    event.preventDefault();
    const node = this.found[index];
    this.input.value = "";
    this.hide();
    if (node !== undefined) this.open(node);
  }

  private mark(): void {
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.active)));
    const active = this.list.children[this.active];
    active?.scrollIntoView({ block: "nearest" });
    if (active?.id) this.input.setAttribute("aria-activedescendant", active.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private hide(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
