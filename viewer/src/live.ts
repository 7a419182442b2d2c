// News of the graph, where the page is served: there is another, so the page is loaded again. What the reader has chosen is
// in the address and stays.

/** Loads the page again once the server has a graph other than `version`; not while something is being typed. */
export function follow(version: string): void {
  let isStale = false;
  const load = (): void => {
    if (isStale && document.activeElement?.tagName !== "INPUT") location.reload();
  };
  const news = new EventSource("api/events");
  news.addEventListener("graph", (event: MessageEvent<string>) => {
    isStale = event.data !== version;
    load();
  });
  addEventListener("focusout", () => setTimeout(load));
}
