import type { Point } from "./svg.ts";

const n = (value: number): string => String(Math.round(value * 10) / 10);

export const at = ([x, y]: Point): string => `${n(x)} ${n(y)}`;

/** Points as a path with straight sides. */
export const polygon = (points: readonly Point[], closed = true): string =>
  `M${points.map(at).join("L")}${closed ? "Z" : ""}`;

/** The point `reach` away from `from`, in the direction that leads from `behind` to `ahead`. */
function along(from: Point, behind: Point, ahead: Point, reach: number): Point {
  const [dx, dy] = [ahead[0] - behind[0], ahead[1] - behind[1]];
  const length = Math.hypot(dx, dy) || 1;
  return [from[0] + (dx / length) * reach, from[1] + (dy / length) * reach];
}

/** The curve commands that lead smoothly through points, the first being where the pen is (Catmull–Rom). */
export function through(points: readonly Point[], before?: Point, after?: Point): string {
  let d = "";
  for (let index = 0; index < points.length - 1; index++) {
    const here = points[index] as Point;
    const next = points[index + 1] as Point;
    const previous = points[index - 1] ?? before ?? here;
    const following = points[index + 2] ?? after ?? next;
    const reach = Math.hypot(next[0] - here[0], next[1] - here[1]) / 3;
    const out = along(here, previous, next, reach);
    const into = along(next, following, here, reach);
    d += `C${at(out)} ${at(into)} ${at(next)}`;
  }
  return d;
}

/** A smooth open line through points. */
export const curve = (points: readonly Point[]): string => (points[0] ? `M${at(points[0])}${through(points)}` : "");

/** A smooth closed shape through points. */
export function blob(points: readonly Point[]): string {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last) return "";
  return `M${at(first)}${through([...points, first], last, points[1])}Z`;
}

/** The lower half of an ellipse from left to right, as curve commands from where the pen is at (cx - rx, cy). */
export const underArc = (cx: number, cy: number, rx: number, ry: number): string =>
  `C${at([cx - rx, cy + ry * 0.55])} ${at([cx - rx * 0.55, cy + ry])} ${at([cx, cy + ry])}C${at([cx + rx * 0.55, cy + ry])} ${at([cx + rx, cy + ry * 0.55])} ${at([cx + rx, cy])}`;

/** A rectangle whose sides bulge outwards by `bulge`, as cloth and soft things do. */
export function pillow(x: number, y: number, width: number, height: number, bulge: number): string {
  const [r, b] = [x + width, y + height];
  const [mx, my] = [x + width / 2, y + height / 2];
  return `M${at([x, y])}Q${at([mx, y - bulge])} ${at([r, y])}Q${at([r + bulge, my])} ${at([r, b])}Q${at([mx, b + bulge])} ${at([x, b])}Q${at([x - bulge, my])} ${at([x, y])}Z`;
}

/** A rectangle with the four corner radii given from the upper left clockwise. */
export function roundedBox(
  x: number,
  y: number,
  w: number,
  h: number,
  radii: [number, number, number, number],
): string {
  const [a, b, c, d] = radii;
  const [r, e] = [x + w, y + h];
  return `M${at([x + a, y])}L${at([r - b, y])}Q${at([r, y])} ${at([r, y + b])}L${at([r, e - c])}Q${at([r, e])} ${at([r - c, e])}L${at([x + d, e])}Q${at([x, e])} ${at([x, e - d])}L${at([x, y + a])}Q${at([x, y])} ${at([x + a, y])}Z`;
}
