// The graph, drawn by sigma with WebGL.

import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import type { NodeLabelDrawingFunction } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";
import type { Edge, Graph, Node } from "./data";
import { Circles, Lines } from "./programs";
import { colour, meant, radius, short, unit, type Asked, type Scene, type Stage } from "./stage";

const FONT = "Pretendard, 'Noto Sans KR', 'Noto Sans CJK KR', 'Apple SD Gothic Neo', 'Malgun Gothic', Helvetica, Arial, sans-serif";

export function hasWebgl(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

export class WebglStage implements Stage {
  private readonly sigma: Sigma;
  /** The graph as sigma knows it, from the first scene on. */
  private readonly drawn = new MultiDirectedGraph();
  private scene: Scene | null = null;
  private hovered: Node | null = null;
  private lit: Set<Node> | null = null;
  private way = new Set<Edge>();
  /** Colours of edges: those at what is meant, and all others. */
  private lines = { strong: "", usual: "" };
  /** The camera is only told of once the reader has moved it. */
  private settled = false;
  private readonly unit: number;
  /** How wide lines are: many are thin, so that they do not fill the paper. */
  private readonly thin: number;
  /** Where labels of this frame stand: left, top, right, bottom. */
  private labels: [number, number, number, number][] = [];

  constructor(private readonly graph: Graph, private readonly container: HTMLElement, asked: Asked) {
    this.unit = unit(graph, Math.min(container.clientWidth, container.clientHeight));
    this.thin = graph.edges.length > 12_000 ? 0.6 : graph.edges.length > 3_000 ? 1 : 1.3;
    const { drawn } = this;
    for (const node of graph.nodes) drawn.addNode(node.index, { x: node.at[0], y: node.at[1], label: short(node.label) });
    for (const edge of graph.edges) {
      if (edge.kind !== "maintains") drawn.addDirectedEdgeWithKey(edge.index, edge.source.index, edge.target.index);
    }
    this.sigma = new Sigma(new MultiDirectedGraph(), container, {
      allowInvalidContainer: true,
      labelFont: FONT,
      labelSize: 13,
      labelDensity: 0.7,
      labelGridCellSize: 110,
      labelRenderedSizeThreshold: 4.5,
      hideEdgesOnMove: graph.edges.length > 40_000,
      minEdgeThickness: 0.6,
      stagePadding: 48,
      zIndex: true,
      minCameraRatio: 0.01,
      maxCameraRatio: 4,
      nodeProgramClasses: { circle: Circles },
      edgeProgramClasses: { line: Lines },
      defaultDrawNodeLabel: this.label,
      defaultDrawNodeHover: this.write,
      nodeReducer: (key, data) => Object.assign(data, this.node(graph.nodes[Number(key)]!)),
      edgeReducer: (key) => this.edge(graph.edges[Number(key)]!),
    });
    this.listen(asked);
    new ResizeObserver(() => {
      const { width, height } = this.sigma.getDimensions();
      if (width !== container.offsetWidth || height !== container.offsetHeight) this.sigma.resize().refresh();
    }).observe(container);
  }

  private listen(asked: Asked): void {
    const node = (key: string): Node => this.graph.nodes[Number(key)]!;
    this.sigma.on("beforeRender", () => (this.labels = []));
    this.sigma.on("clickNode", ({ node: key }) => asked.pick(node(key)));
    this.sigma.on("clickStage", () => asked.pick(null));
    this.sigma.on("enterNode", ({ node: key }) => this.hover(node(key)));
    this.sigma.on("leaveNode", () => this.hover(null));
    let waiting = 0;
    this.sigma.getCamera().on("updated", ({ x, y, ratio }) => {
      clearTimeout(waiting);
      const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;
      const all = Math.abs(x - 0.5) + Math.abs(y - 0.5) + Math.abs(ratio - 1) < 1e-3;
      if (this.settled) waiting = setTimeout(() => asked.camera(all ? null : [rounded(x), rounded(y), rounded(ratio)]), 200);
    });
  }

  draw(scene: Scene): void {
    const moved = scene.state.camera;
    if (!this.settled && moved !== null) this.sigma.getCamera().setState({ x: moved[0], y: moved[1], ratio: moved[2] });
    this.settled = true;
    this.scene = scene;
    this.light();
    if (this.sigma.getGraph() === this.drawn) this.sigma.refresh();
    else this.sigma.setGraph(this.drawn);
  }

  private hover(node: Node | null): void {
    this.hovered = node;
    this.container.style.cursor = node === null ? "" : "pointer";
    this.light();
    this.sigma.refresh({ skipIndexation: true });
  }

  private light(): void {
    const { scene } = this;
    if (scene === null) return;
    this.lines = { strong: mixed(scene.colours.strong), usual: mixed(scene.colours.edge) };
    this.lit = meant(this.graph, scene, this.hovered);
    const way = new Set(scene.way);
    this.way = new Set(scene.way.length === 0 ? [] : scene.way.flatMap((node) => node.edges.filter((e) => way.has(e.source) && way.has(e.target))));
  }

  private node(node: Node): Partial<NodeDisplayData> {
    const { scene, lit } = this;
    if (scene === null) return { hidden: true };
    const onWay = scene.way.includes(node);
    if (scene.view.nodes[node.index] === 0 && !onWay) return { hidden: true };
    const faint = lit !== null && !lit.has(node);
    const chosen = node.id === scene.state.node || node === this.hovered || onWay;
    const few = lit !== null && lit.size < 30;
    return {
      size: radius(node, scene.view.talks[node.index]!) * this.unit + (chosen ? 1.5 : 0),
      color: faint ? scene.colours.faint : colour(node, scene),
      zIndex: chosen ? 3 : faint ? 0 : node.kind === "talk" ? 1 : 2,
      forceLabel: chosen || (few && lit.has(node)),
      ...(faint && { label: null }),
    };
  }

  private edge(edge: Edge): Partial<EdgeDisplayData> {
    const { scene, lit } = this;
    if (scene === null) return { hidden: true };
    const onWay = this.way.has(edge) && !edge.derived;
    if (scene.view.edges[edge.index] === 0 && !onWay) return { hidden: true };
    const centre = this.hovered?.id ?? scene.state.node;
    const at = scene.way.length > 0 ? onWay : lit !== null && (edge.source.id === centre || edge.target.id === centre);
    if (lit !== null && !at) return { hidden: true };
    return { size: onWay ? 2.5 : at ? 1.4 : this.thin, color: at ? this.lines.strong : this.lines.usual, zIndex: at ? 1 : 0 };
  }

  /** A label, unless another stands there already in this frame. */
  private readonly label: NodeLabelDrawingFunction = (context, data, settings) => {
    if (!data.label) return;
    context.font = font(data["forceLabel"] === true, settings.labelSize);
    const { width } = context.measureText(data.label);
    const [x, y] = this.start(data, settings.labelSize, width);
    const box: [number, number, number, number] = [x, y - settings.labelSize, x + width, y + 4];
    if (this.labels.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
    this.labels.push(box);
    this.write(context, data, settings);
  };

  private readonly write: NodeLabelDrawingFunction = (context, data, settings) => {
    if (!data.label || this.scene === null) return;
    const { paper, ink } = this.scene.colours;
    context.font = font(data["forceLabel"] === true, settings.labelSize);
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = paper;
    context.fillStyle = ink;
    const [x, y] = this.start(data, settings.labelSize, context.measureText(data.label).width);
    context.strokeText(data.label, x, y);
    context.fillText(data.label, x, y);
  };

  /** Where a node's label starts: to the right of it, unless it would leave the frame there. */
  private start(data: { x: number; y: number; size: number }, size: number, width: number): [number, number] {
    const right = data.x + data.size + 4;
    const left = data.x - data.size - 4 - width;
    return [right + width > this.sigma.getDimensions().width && left > 0 ? left : right, data.y + size / 3];
  }

  look(nodes: readonly Node[]): void {
    const places = nodes.map((node) => this.sigma.getNodeDisplayData(node.index)).filter((place) => place !== undefined);
    if (places.length === 0) return;
    const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const around = places.length === 1 ? Math.min(this.sigma.getCamera().ratio, 0.45) : Math.max(right - left, high - low, 0.12) * 1.3;
    void this.sigma.getCamera().animate({ x: (left + right) / 2, y: (low + high) / 2, ratio: Math.min(around, 1.1) }, { duration: calm(400) });
  }

  zoom(by: "in" | "out" | "all"): void {
    const camera = this.sigma.getCamera();
    const options = { duration: calm(200) };
    if (by === "all") void camera.animatedReset(options);
    else if (by === "in") void camera.animatedZoom(options);
    else void camera.animatedUnzoom(options);
  }

  pan(x: number, y: number): void {
    const camera = this.sigma.getCamera();
    const { ratio } = camera;
    camera.setState({ x: camera.x + x * ratio, y: camera.y + y * ratio });
  }

  frame(): ReturnType<Stage["frame"]> {
    const { width, height } = this.sigma.getDimensions();
    const scale = this.unit / Math.sqrt(this.sigma.getCamera().ratio);
    return { width, height, scale, at: (node) => this.sigma.graphToViewport({ x: node.at[0], y: node.at[1] }) };
  }
}

function font(strong: boolean, size: number): string {
  return `${strong ? 600 : 500} ${size}px ${FONT}`;
}

/** As sigma's shader takes colours that one can see through: each part by its opacity already. */
function mixed(colour: string): string {
  const [red = 0, green = 0, blue = 0, opacity = 1] = (colour.match(/[\d.]+/gu) ?? []).map(Number);
  return `rgba(${[red, green, blue].map((part) => Math.round(part * opacity)).join(",")},${opacity})`;
}

/** No motion for who wants none. */
function calm(duration: number): number {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? 1 : duration;
}
