// The state in the address, behind `#`, so that a view can be kept and sent on.

import { KINDS, type Kind } from "./data";
import { initial, type Language, type List, type State, type Theme } from "./state";

const THEMES: readonly Theme[] = ["auto", "light", "dark"];
const LISTS: readonly List[] = ["top", "rising", "matrix"];

export function written(state: State, language: Language): string {
  const usual = initial(language);
  const out = new URLSearchParams();
  const put = (name: string, value: string | null, other: string | null = null): void => {
    if (value !== null && value !== other) out.set(name, value);
  };
  put("node", state.node);
  put("to", state.to);
  put("around", String(state.ego), "0");
  const kinds = (of: State): string => KINDS.filter((kind) => of.kinds.has(kind)).join(",");
  put("kinds", kinds(state), kinds(usual));
  put("company", state.company);
  put("event", state.event);
  put("category", state.category);
  put("since", state.since);
  put("until", state.until);
  put("colour", state.colour, usual.colour);
  put("theme", state.theme, usual.theme);
  put("language", state.language, language);
  put("list", state.list, usual.list);
  put("camera", state.camera === null ? null : state.camera.join(","));
  return out.toString();
}

export function parsed(hash: string, language: Language): State {
  const state = initial(language);
  const given = new URLSearchParams(hash.replace(/^#/u, ""));
  const text = (name: string): string | null => given.get(name) || null;
  const month = (name: string): string | null => (/^\d{4}-\d{2}$/u.test(given.get(name) ?? "") ? given.get(name) : null);
  const one = <T extends string>(name: string, of: readonly T[], otherwise: T): T => of.find((known) => known === given.get(name)) ?? otherwise;
  state.node = text("node");
  state.to = state.node === null ? null : text("to");
  state.ego = state.node === null ? 0 : Number(one("around", ["0", "1", "2", "3"], "0"));
  if (given.has("kinds")) state.kinds = new Set((given.get("kinds") ?? "").split(",").filter((kind): kind is Kind => KINDS.some((known) => known === kind)));
  state.company = text("company");
  state.event = text("event");
  state.category = text("category");
  state.since = month("since");
  state.until = month("until");
  state.colour = one("colour", ["kind", "community"], "kind");
  state.theme = one("theme", THEMES, "auto");
  state.language = one("language", ["en", "ko"], language);
  state.list = one("list", LISTS, "top");
  const camera = (given.get("camera") ?? "").split(",").map(Number);
  const [x, y, ratio] = camera;
  if (camera.length === 3 && camera.every(Number.isFinite) && ratio! > 0) state.camera = [x!, y!, ratio!];
  return state;
}
