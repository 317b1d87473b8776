import { alpha, shade, tint } from "./colour.ts";
import { type Art, type Element, element, ellipse, ghost } from "./svg.ts";

type Stop = readonly [at: number, colour: string];

const stopsOf = (stops: readonly Stop[]): Element[] =>
  stops.map(([offset, colour]) => element("stop", { offset: offset.toFixed(2), "stop-color": colour }));

/** A gradient across a shape's own box: 0° runs left to right, 90° downwards. */
export function linearGradient(stops: readonly Stop[], degrees = 0): Element {
  const angle = (degrees * Math.PI) / 180;
  const [x, y] = [Math.cos(angle) / 2, Math.sin(angle) / 2];
  const at = { x1: (0.5 - x).toFixed(2), y1: (0.5 - y).toFixed(2), x2: (0.5 + x).toFixed(2), y2: (0.5 + y).toFixed(2) };
  return element("linearGradient", at, stopsOf(stops));
}

/** A gradient from a point of the shape's own box outwards. */
export function radialGradient(stops: readonly Stop[], cx = 0.5, cy = 0.5, r = 0.5): Element {
  return element("radialGradient", { cx: cx.toFixed(2), cy: cy.toFixed(2), r: r.toFixed(2) }, stopsOf(stops));
}

/** A round body, lit from the upper left: bright a third in, dark on the right, a little bounce at the edge. */
export const roundLight = (hex: string, gloss = 0.3): Element =>
  linearGradient([
    [0, shade(hex, 0.16)],
    [0.1, shade(hex, 0.03)],
    [0.3, tint(hex, gloss)],
    [0.52, hex],
    [0.8, shade(hex, 0.2)],
    [0.95, shade(hex, 0.32)],
    [1, shade(hex, 0.25)],
  ]);

/** Polished or brushed metal on a round body. */
export const metalLight = (hex: string): Element =>
  linearGradient([
    [0, shade(hex, 0.35)],
    [0.08, shade(hex, 0.1)],
    [0.2, tint(hex, 0.75)],
    [0.3, tint(hex, 0.2)],
    [0.55, shade(hex, 0.08)],
    [0.68, shade(hex, 0.34)],
    [0.82, shade(hex, 0.12)],
    [0.92, tint(hex, 0.35)],
    [1, shade(hex, 0.3)],
  ]);

/** Metal that lies flat: soft bands across. */
export const metalPlane = (hex: string, degrees = 20): Element =>
  linearGradient(
    [
      [0, tint(hex, 0.3)],
      [0.25, hex],
      [0.45, tint(hex, 0.6)],
      [0.62, shade(hex, 0.12)],
      [1, shade(hex, 0.22)],
    ],
    degrees,
  );

/** A flat face, a little brighter where the light comes from. */
export const faceLight = (hex: string, strength = 0.14, degrees = 60): Element =>
  linearGradient(
    [
      [0, tint(hex, strength * 1.2)],
      [0.5, hex],
      [1, shade(hex, strength)],
    ],
    degrees,
  );

export const ballLight = (hex: string, gloss = 0.45): Element =>
  radialGradient(
    [
      [0, tint(hex, gloss)],
      [0.4, hex],
      [0.85, shade(hex, 0.25)],
      [1, shade(hex, 0.32)],
    ],
    0.36,
    0.3,
    0.75,
  );

/** The hollow of a vessel, seen through its mouth: darkest under the lit edge. */
export const hollowLight = (hex: string): Element =>
  linearGradient(
    [
      [0, shade(hex, 0.5)],
      [0.6, shade(hex, 0.3)],
      [1, shade(hex, 0.1)],
    ],
    60,
  );

const SHADOW = "#3a2c20";

/** A soft dark patch: where something stands, or under something. */
export const softSpot = (cx: number, cy: number, rx: number, ry: number, opacity: number, colour = SHADOW): Art =>
  ghost(
    ellipse(cx, cy, rx, ry, {
      fill: radialGradient([
        [0, alpha(colour, opacity)],
        [0.45, alpha(colour, opacity * 0.62)],
        [0.75, alpha(colour, opacity * 0.2)],
        [1, alpha(colour, 0)],
      ]),
    }),
  );

/** Light that something gives off. */
export const glow = (cx: number, cy: number, r: number, opacity: number, colour = "#ffd58a"): Art =>
  ghost(
    ellipse(cx, cy, r, r, {
      fill: radialGradient([
        [0, alpha(colour, opacity)],
        [0.3, alpha(colour, opacity * 0.5)],
        [0.65, alpha(colour, opacity * 0.14)],
        [1, alpha(colour, 0)],
      ]),
    }),
  );
