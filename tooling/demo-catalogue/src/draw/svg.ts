export type Point = readonly [x: number, y: number];

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

type Attribute = string | number | Element | undefined;

/** A piece of an SVG tree. An attribute that is itself an element (a gradient, a clip) becomes a shared definition. */
export interface Element {
  tag: string;
  attributes: Record<string, Attribute>;
  children: readonly Element[];
}

/** Something drawn, with the room it takes up. */
export interface Art extends Element {
  box: Box;
}

export type Paint = string | Element;

export interface Style {
  fill?: Paint | undefined;
  stroke?: Paint | undefined;
  width?: number;
  opacity?: number;
  cap?: "round" | "butt";
  dash?: string | undefined;
}

const NO_BOX: Box = {
  left: Number.POSITIVE_INFINITY,
  top: Number.POSITIVE_INFINITY,
  right: Number.NEGATIVE_INFINITY,
  bottom: Number.NEGATIVE_INFINITY,
};

export const element = (tag: string, attributes: Record<string, Attribute>, children: readonly Element[] = []) => ({
  tag,
  attributes,
  children,
});

export function joinBoxes(boxes: readonly Box[]): Box {
  return boxes.reduce(
    (all, box) => ({
      left: Math.min(all.left, box.left),
      top: Math.min(all.top, box.top),
      right: Math.max(all.right, box.right),
      bottom: Math.max(all.bottom, box.bottom),
    }),
    NO_BOX,
  );
}

function boxOf(points: readonly Point[], margin = 0): Box {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return {
    left: Math.min(...xs) - margin,
    top: Math.min(...ys) - margin,
    right: Math.max(...xs) + margin,
    bottom: Math.max(...ys) + margin,
  };
}

function styled({ fill, stroke, width, opacity, cap, dash }: Style): Record<string, Attribute> {
  return {
    fill: fill ?? "none",
    stroke,
    "stroke-width": stroke === undefined ? undefined : (width ?? 2),
    "stroke-linecap": cap,
    "stroke-linejoin": stroke === undefined ? undefined : "round",
    "stroke-dasharray": dash,
    opacity,
  };
}

/** A path of absolute M, L, C, Q and Z commands; its control points bound it. */
export function path(d: string, style: Style): Art {
  const numbers = (d.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  const points = numbers.flatMap((x, index): Point[] => (index % 2 === 0 ? [[x, numbers[index + 1] ?? 0]] : []));
  const margin = style.stroke === undefined ? 0 : (style.width ?? 2) / 2;
  return { ...element("path", { d, ...styled(style) }), box: boxOf(points, margin) };
}

export function rect(x: number, y: number, width: number, height: number, radius: number, style: Style): Art {
  const rx = Math.max(0, Math.min(radius, width / 2, height / 2));
  const box = { left: x, top: y, right: x + width, bottom: y + height };
  return { ...element("rect", { x, y, width, height, rx, ...styled(style) }), box };
}

export function ellipse(cx: number, cy: number, rx: number, ry: number, style: Style): Art {
  const box = { left: cx - rx, top: cy - ry, right: cx + rx, bottom: cy + ry };
  return { ...element("ellipse", { cx, cy, rx, ry, ...styled(style) }), box };
}

export const circle = (cx: number, cy: number, r: number, style: Style): Art => ellipse(cx, cy, r, r, style);

/** An open line with round ends. */
export const line = (d: string, stroke: Paint, width: number, style: Style = {}): Art =>
  path(d, { stroke, width, cap: "round", ...style });

export function text(x: number, y: number, size: number, words: string, fill: string, turn = 0): Art {
  const attributes = {
    x,
    y,
    "font-size": size,
    "font-family": "DejaVu Sans, Noto Sans, Liberation Sans, Arial, sans-serif",
    "text-anchor": "middle",
    fill,
    transform: turn === 0 ? undefined : `rotate(${turn} ${x} ${y})`,
  };
  return { tag: "text", attributes, children: [element("#text", { words })], box: boxOf([[x, y]], size) };
}

export const group = (parts: readonly (Art | undefined | false)[], style: { opacity?: number } = {}): Art => {
  const children = parts.filter((part): part is Art => Boolean(part));
  return { ...element("g", { ...style }, children), box: joinBoxes(children.map(({ box }) => box)) };
};

/** The same art, taking up no room: shadows, glows, cords that leave the picture. */
export const ghost = (art: Art): Art => ({ ...art, box: NO_BOX });

/** Art cut to a shape; takes up what both share. */
export function clip(shape: Art, parts: readonly (Art | undefined | false)[]): Art {
  const inner = group(parts);
  const cut = element("clipPath", {}, [shape]);
  return { ...element("g", { "clip-path": cut }, inner.children), box: shape.box };
}

function transformed(art: Art, transform: string, map: (point: Point) => Point): Art {
  const { left, top, right, bottom } = art.box;
  const corners: Point[] = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ];
  const box = Number.isFinite(left) ? boxOf(corners.map(map)) : art.box;
  return { ...element("g", { transform }, [art]), box };
}

export const move = (art: Art, dx: number, dy: number): Art =>
  transformed(art, `translate(${tidy(dx)} ${tidy(dy)})`, ([x, y]) => [x + dx, y + dy]);

export const grow = (art: Art, kx: number, ky = kx): Art =>
  transformed(art, `scale(${kx.toFixed(4)} ${ky.toFixed(4)})`, ([x, y]) => [x * kx, y * ky]);

export const mirror = (art: Art): Art => grow(art, -1, 1);

export function turn(art: Art, degrees: number, cx = 0, cy = 0): Art {
  const angle = (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return transformed(art, `rotate(${tidy(degrees)} ${tidy(cx)} ${tidy(cy)})`, ([x, y]) => [
    cx + (x - cx) * cos - (y - cy) * sin,
    cy + (x - cx) * sin + (y - cy) * cos,
  ]);
}

/** Where a point goes when the art around it is turned about the origin. */
export function turnedPoint([x, y]: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  return [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
}

/** Slants art sideways: `slope` is how far x moves per unit of y, so feet at y = 0 stay where they are. */
export const slant = (art: Art, slope: number): Art =>
  transformed(art, `matrix(1 0 ${slope.toFixed(4)} 1 0 0)`, ([x, y]) => [x + slope * y, y]);

const tidy = (value: number): string => String(Math.round(value * 10) / 10);

const escaped = (words: string): string => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** The whole document: art on a canvas of `width` × `height` units, definitions first and each only once. */
export function svgDocument(art: Art, width: number, height: number): string {
  const definitions = new Map<string, string>();
  const body = serialised(art, definitions);
  const defs = [...definitions].map(([content, id]) => content.replace("@id", id)).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><defs>${defs}</defs>${body}</svg>`;
}

function serialised({ tag, attributes, children }: Element, definitions: Map<string, string>): string {
  if (tag === "#text") return escaped(String(attributes.words));
  const written = Object.entries(attributes).map(([name, value]) => {
    if (value === undefined) return "";
    if (typeof value === "object") return ` ${name}="url(#${defined(value, definitions)})"`;
    return ` ${name}="${typeof value === "number" ? Math.round(value * 1000) / 1000 : value}"`;
  });
  const inner = children.map((child) => serialised(child, definitions)).join("");
  return inner === "" ? `<${tag}${written.join("")}/>` : `<${tag}${written.join("")}>${inner}</${tag}>`;
}

function defined(definition: Element, definitions: Map<string, string>): string {
  const content = serialised({ ...definition, attributes: { id: "@id", ...definition.attributes } }, definitions);
  const known = definitions.get(content);
  if (known !== undefined) return known;
  const id = `d${definitions.size}`;
  definitions.set(content, id);
  return id;
}
