import type { Drawing } from "../../drawing-kinds.ts";
import { withDropShadow } from "../backdrop.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { polygon } from "../curves.ts";
import { linearGradient, metalLight, metalPlane, radialGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, circle, group, line, move, path, rect, turn } from "../svg.ts";

function onePen(tip: Drawing<"pens">["tip"], w: number, h: number, hex: string, accent: string): Art {
  const r = w / 2;
  const wood = "#e3c496";
  const barrel = (y1: number, y2: number, tone: string, metal = false) =>
    rect(-r, y1, w, y2 - y1, r * 0.4, { fill: metal ? metalLight(tone) : roundLight(tone, 0.5) });
  if (tip === "pencil") {
    const top = -h / 2;
    return group([
      rect(-r, top, w, h * 0.84, 4, {
        fill: linearGradient([
          [0, shade(hex, 0.15)],
          [0.32, shade(hex, 0.05)],
          [0.34, tint(hex, 0.25)],
          [0.64, hex],
          [0.66, shade(hex, 0.2)],
          [1, shade(hex, 0.3)],
        ]),
      }),
      path(
        `M${-r} ${top + h * 0.835}Q${-r * 0.66} ${top + h * 0.87} ${-r * 0.33} ${top + h * 0.845}Q0 ${top + h * 0.87} ${r * 0.33} ${top + h * 0.845}Q${r * 0.66} ${top + h * 0.87} ${r} ${top + h * 0.835}L${r * 0.2} ${top + h * 0.98}L${-r * 0.2} ${top + h * 0.98}Z`,
        { fill: roundLight(wood) },
      ),
      path(`M${-r * 0.3} ${top + h * 0.955}L0 ${top + h}L${r * 0.3} ${top + h * 0.955}Z`, { fill: "#3b3b3d" }),
      rect(-r, top - 4, w, 20, 5, { fill: accent }),
    ]);
  }
  if (tip === "ball")
    return group([
      barrel(-h * 0.5, h * 0.36, hex, true),
      ...[0.1, 0.13, 0.16, 0.19, 0.22].map((k) => rect(-r, h * k, w, 5, 2, { fill: alpha(shade(hex, 0.5), 0.5) })),
      path(`M${-r} ${h * 0.35}L${r} ${h * 0.35}L${r * 0.25} ${h * 0.48}L${-r * 0.25} ${h * 0.48}Z`, {
        fill: metalLight(accent),
      }),
      rect(-5, h * 0.475, 10, h * 0.025, 4, { fill: "#8a8d90" }),
      rect(-r * 0.34, -h * 0.54, r * 0.68, h * 0.05, 6, { fill: metalLight(accent) }),
      rect(r * 0.5, -h * 0.47, 12, h * 0.28, 6, { fill: metalLight(accent) }),
    ]);
  return group([
    barrel(-h * 0.5, h * 0.02, hex),
    barrel(h * 0.02, h * 0.26, shade(hex, 0.06)),
    rect(-r - 2, -h * 0.005, w + 4, 22, 4, { fill: metalLight(accent) }),
    path(`M${-r * 0.86} ${h * 0.26}L${r * 0.86} ${h * 0.26}L${r * 0.6} ${h * 0.36}L${-r * 0.6} ${h * 0.36}Z`, {
      fill: roundLight("#2d2c2e"),
    }),
    path(
      `M${-r * 0.6} ${h * 0.355}C${-r * 0.9} ${h * 0.42} ${-r * 0.3} ${h * 0.46} 0 ${h * 0.5}C${r * 0.3} ${h * 0.46} ${r * 0.9} ${h * 0.42} ${r * 0.6} ${h * 0.355}Z`,
      { fill: metalPlane("#d8b25f", 30) },
    ),
    line(`M0 ${h * 0.41}L0 ${h * 0.49}`, "#5f4a20", 3),
    circle(0, h * 0.405, 5, { fill: "#5f4a20" }),
    rect(r * 0.3, -h * 0.46, 12, h * 0.32, 6, { fill: metalLight(accent) }),
    rect(-r, -h * 0.51, w, 26, 10, { fill: metalLight(accent) }),
  ]);
}

export const pens: Kind<"pens"> = {
  heightCm: () => 14,
  poses: [],
  draw({ tip, count, width: w, height: h, accent }, { hex }) {
    const second = hexOf(accent);
    if (count === 1)
      return { art: turn(onePen(tip, w, h, hex, second), 40), stance: "lies", focus: [-h * 0.2, h * 0.25] };
    const one = count > 1 ? w / count - 8 : w;
    const art = group(
      Array.from({ length: count }, (_, n) =>
        move(
          turn(
            onePen(tip, one, h * (1 - (n % 3) * 0.03), n % 2 ? tint(hex, 0.12) : hex, second),
            (n - (count - 1) / 2) * 1.5,
          ),
          (n - (count - 1) / 2) * (w / count + 8),
          ((n * 7) % 4) * 9,
        ),
      ),
    );
    const wrap =
      tip === "pencil" &&
      group([
        rect(-w * 0.58, -h * 0.14, w * 1.16, h * 0.15, 5, {
          fill: linearGradient([
            [0, "#e5d9c0"],
            [0.4, "#f6efdf"],
            [1, "#cfc2a6"],
          ]),
        }),
        line(
          `M${-w * 0.2} ${-h * 0.085}L${w * 0.2} ${-h * 0.085}M${-w * 0.12} ${-h * 0.045}L${w * 0.12} ${-h * 0.045}`,
          "#8d8069",
          6,
        ),
      ]);
    return { art: turn(group([art, wrap]), 18), stance: "lies", focus: [-h * 0.12, h * 0.3] };
  },
};

export const paper: Kind<"paper"> = {
  heightCm: () => 21,
  poses: [],
  draw({ form, width: w, height: h, accent }, { hex }) {
    const second = hexOf(accent);
    const sheetOf = (sw: number, sh: number, tone: string) =>
      group([
        rect(-sw / 2, -sh / 2, sw, sh, 5, {
          fill: linearGradient(
            [
              [0, tint(tone, 0.5)],
              [1, tone],
            ],
            40,
          ),
        }),
        rect(-sw / 2 + 14, -sh / 2 + 14, sw - 28, sh - 28, 2, { stroke: alpha(second, 0.55), width: 3 }),
      ]);
    const envelope = (ew: number, eh: number, tone: string) =>
      group([
        rect(-ew / 2, -eh / 2, ew, eh, 8, {
          fill: linearGradient(
            [
              [0, tint(tone, 0.2)],
              [1, shade(tone, 0.1)],
            ],
            50,
          ),
        }),
        line(
          polygon(
            [
              [-ew / 2 + 6, eh / 2 - 6],
              [-ew * 0.08, -eh * 0.04],
            ],
            false,
          ),
          alpha(shade(tone, 0.4), 0.35),
          3,
        ),
        line(
          polygon(
            [
              [ew / 2 - 6, eh / 2 - 6],
              [ew * 0.08, -eh * 0.04],
            ],
            false,
          ),
          alpha(shade(tone, 0.4), 0.35),
          3,
        ),
        path(
          polygon([
            [-ew / 2, -eh / 2 + 4],
            [0, eh * 0.14],
            [ew / 2, -eh / 2 + 4],
          ]),
          {
            fill: linearGradient(
              [
                [0, tint(tone, 0.3)],
                [1, tone],
              ],
              90,
            ),
            stroke: alpha(shade(tone, 0.4), 0.4),
            width: 3,
          },
        ),
        circle(0, eh * 0.11, 30, {
          fill: radialGradient(
            [
              [0, tint(second, 0.3)],
              [1, shade(second, 0.2)],
            ],
            0.36,
            0.3,
            0.8,
          ),
        }),
        circle(0, eh * 0.11, 18, { stroke: shade(second, 0.3), width: 3 }),
      ]);
    const shadowed = (art: Art, x: number, y: number, angle: number) =>
      withDropShadow(move(turn(art, angle), x, y), 10, 0.26);
    const size: [number, number] = form === "letters" ? [w * 0.5, h * 1.06] : [w * 0.56, h * 0.6];
    const script = group(
      Array.from({ length: 6 }, (_, n) =>
        line(
          `M${-size[0] * 0.34} ${-size[1] * 0.3 + n * 44}L${size[0] * (n === 5 ? 0.06 : 0.34)} ${-size[1] * 0.31 + n * 44}`,
          "#59606b",
          5,
          { dash: "50 12 28 10 66 14" },
        ),
      ),
    );
    return {
      stance: "lies",
      focus: [w * 0.1, h * 0.2],
      art: group([
        shadowed(sheetOf(...size, hex), w * 0.22, -h * 0.1, 11),
        shadowed(group([sheetOf(...size, hex), script]), -w * 0.14, -h * 0.06, -5),
        shadowed(envelope(w * 0.62, h * 0.56, shade(hex, 0.03)), w * 0.14, h * 0.34, 4),
      ]),
    };
  },
};
