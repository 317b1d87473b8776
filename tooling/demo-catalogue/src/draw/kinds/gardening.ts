import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { cloth, crease, stitches } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, circle, ellipse, group, grow, line, mirror, move, path, rect, turn, turnedPoint } from "../svg.ts";
import { type Profile, ring, turned } from "../turned.ts";

const HEADS: Record<Drawing<"garden-tool">["head"], (w: number, h: number, hex: string) => Art> = {
  trowel: (w, h, hex) => {
    const r = w / 2;
    return group([
      path(
        `M${-r * 0.9} ${-h * 0.36}Q0 ${-h * 0.46} ${r * 0.9} ${-h * 0.36}C${r} ${-h * 0.2} ${r * 0.5} ${-h * 0.04} 0 0C${-r * 0.5} ${-h * 0.04} ${-r} ${-h * 0.2} ${-r * 0.9} ${-h * 0.36}Z`,
        { fill: steelFace(hex) },
      ),
      line(`M0 ${-h * 0.37}C-6 ${-h * 0.2} 0 ${-h * 0.1} 0 -30`, alpha(tint(hex, 0.8), 0.5), 8),
    ]);
  },
  fork: (w, h, hex) =>
    group(
      [-0.38, 0, 0.38].map((k) =>
        tube(`M${w * k * 0.3} ${-h * 0.42}C${w * k * 1.3} ${-h * 0.4} ${w * k * 1.2} ${-h * 0.26} ${w * k} 0`, 22, hex),
      ),
    ),
  rake: (w, h, hex) =>
    group(
      Array.from({ length: 13 }, (_, n) => {
        const k = (n - 6) / 6;
        return tube(
          `M${k * 14} ${-h * 0.36}C${w * 0.3 * k} ${-h * 0.2} ${w * 0.48 * k} ${-h * 0.1} ${w * 0.5 * k} ${-h * 0.02 - Math.abs(k) * h * 0.02}L${w * 0.5 * k} ${h * 0.025 - Math.abs(k) * h * 0.02}`,
          8,
          hex,
        );
      }).concat(line(`M${-w * 0.3} ${-h * 0.165}Q0 ${-h * 0.15} ${w * 0.3} ${-h * 0.165}`, shade(hex, 0.2), 11)),
    ),
  spade: (w, h, hex) =>
    group([
      path(
        `M${-w / 2} ${-h * 0.34}L${w / 2} ${-h * 0.34}L${w * 0.48} ${-h * 0.06}Q${w * 0.2} 0 0 0Q${-w * 0.2} 0 ${-w * 0.48} ${-h * 0.06}Z`,
        { fill: steelFace(hex) },
      ),
      path(`M-34 ${-h * 0.34}Q0 ${-h * 0.2} 34 ${-h * 0.34}Z`, { fill: tint(hex, 0.2) }),
      line(`M${-w / 2} ${-h * 0.34}L${w / 2} ${-h * 0.34}`, tint(hex, 0.3), 10),
    ]),
  hoe: (w, h, hex) =>
    group([
      tube(`M0 ${-h * 0.36}C0 ${-h * 0.2} 0 ${-h * 0.14} 0 ${-h * 0.1}`, 20, hex),
      rect(-w / 2, -h * 0.12, w, h * 0.12, 8, { fill: steelFace(hex) }),
    ]),
};

const steelFace = (hex: string) =>
  linearGradient(
    [
      [0, tint(hex, 0.45)],
      [0.35, hex],
      [0.52, tint(hex, 0.3)],
      [1, shade(hex, 0.3)],
    ],
    15,
  );

export const gardenTool: Kind<"garden-tool"> = {
  heightCm: ({ height }) => height / 20,
  poses: [],
  draw({ head, width: w, height: h, accent }, { hex }) {
    const wood = hexOf(accent);
    const long = head === "spade" || head === "rake";
    const handle = turned(
      long
        ? [
            [15, -h, "corner"],
            [15, -h * 0.62],
            [17, -h * 0.34],
          ]
        : [
            [20, -h],
            [31, -h * 0.94],
            [26, -h * 0.74],
            [32, -h * 0.62],
            [17, -h * 0.54],
          ],
      { hex: wood, surface: "wood" },
      0.3,
    );
    const grip =
      head === "spade" &&
      group([
        rect(-66, -h - 18, 132, 38, 18, { fill: roundLight(wood) }),
        path(`M-52 ${-h + 16}L-16 ${-h * 0.9}L16 ${-h * 0.9}L52 ${-h + 16}Z`, { fill: roundLight(wood) }),
        path(`M-24 ${-h + 22}L-6 ${-h * 0.935}L6 ${-h * 0.935}L24 ${-h + 22}Z`, { fill: alpha("#3a2c20", 0.5) }),
      ]);
    const loop = !long && tube(`M0 ${-h * 0.97}C-40 ${-h * 1.06} 44 ${-h * 1.08} 8 ${-h * 0.97}`, 7, "#8a5a3a");
    const neck = long
      ? rect(-20, -h * 0.46, 40, h * 0.14, 6, { fill: roundLight(hex) })
      : tube(`M0 ${-h * 0.55}L0 ${-h * 0.4}`, 26, hex);
    const art = group([
      loop,
      neck,
      HEADS[head](w, h, hex),
      handle,
      rect(-21, -h * (long ? 0.47 : 0.56), 42, 34, 6, { fill: roundLight(tint(hex, 0.2)) }),
      grip,
    ]);
    const lean = long ? 32 : 38;
    return { art: turn(art, lean), stance: "lies", focus: turnedPoint([0, -h * (long ? 0.22 : 0.26)], lean) };
  },
};

export const wateringCan: Kind<"watering-can"> = {
  heightCm: ({ height }) => height / 15,
  poses: [],
  draw({ spout, width: w, height: h, accent }, { hex }) {
    const second = hexOf(accent);
    const r = w * 0.24;
    const cx = w * 0.16;
    const body: Profile =
      spout === "long"
        ? [
            [r * 0.66, -h * 0.66, "corner"],
            [r * 0.96, -h * 0.4],
            [r, -h * 0.1],
            [r * 0.92, 0],
          ]
        : [
            [r, -h * 0.72, "corner"],
            [r, 0],
          ];
    const rose = spout === "rose";
    const pipe = rose
      ? tube(`M${-r * 0.9 + cx} ${-h * 0.16}L${-w * 0.4} ${-h * 0.78}`, 36, hex)
      : tube(
          `M${-r * 0.9 + cx} ${-h * 0.2}C${-w * 0.24} ${-h * 0.2} ${-w * 0.3} ${-h * 0.6} ${-w * 0.48} ${-h * 0.94}`,
          24,
          hex,
        );
    const head =
      rose &&
      turn(
        group([
          path(
            `M${-w * 0.4 - 22} ${-h * 0.8}L${-w * 0.4 + 22} ${-h * 0.8}L${-w * 0.4 + 62} ${-h * 0.98}L${-w * 0.4 - 62} ${-h * 0.98}Z`,
            { fill: roundLight(second, 0.5) },
          ),
          ellipse(-w * 0.4, -h * 0.98, 62, 17, {
            fill: linearGradient([
              [0, tint(second, 0.5)],
              [1, second],
            ]),
          }),
          ...[-36, -12, 12, 36].map((x) => circle(-w * 0.4 + x, -h * 0.98, 4, { fill: shade(second, 0.5) })),
        ]),
        -32,
        -w * 0.4,
        -h * 0.8,
      );
    const place = (art: Art): Art => move(art, cx, 0);
    const top = body[0]?.[1] ?? -h;
    return {
      stance: "stands",
      feet: [[cx, 0, r * 0.96]],
      focus: [-w * 0.3, -h * 0.7],
      art: group([
        rose &&
          tube(
            `M${cx - r * 0.8} ${top}C${cx - r * 0.7} ${-h * 1.06} ${cx + r * 0.7} ${-h * 1.06} ${cx + r * 0.8} ${top}`,
            22,
            second,
          ),
        tube(
          `M${cx + r * 0.4} ${top + 20}C${cx + r * 1.9} ${-h * 0.96} ${cx + r * 1.9} ${-h * 0.2} ${cx + r * 0.94} ${-h * 0.16}`,
          22,
          rose ? hex : second,
        ),
        pipe,
        head,
        place(
          group([
            ellipse(0, top, (body[0]?.[0] ?? r) * 1, (body[0]?.[0] ?? r) * 0.16, { fill: shade(hex, 0.5) }),
            turned(body, { hex, surface: rose ? "metal" : "glazed" }),
            ring(body, -h * 0.1, -h * 0.06, roundLight(shade(hex, 0.12))),
            rose && ring(body, -h * 0.66, -h * 0.62, roundLight(shade(hex, 0.12))),
            line(
              `M${-(body[0]?.[0] ?? r)} ${top}C${-r * 0.5} ${top + r * 0.2} ${r * 0.5} ${top + r * 0.2} ${body[0]?.[0] ?? r} ${top}`,
              tint(hex, 0.4),
              7,
            ),
          ]),
        ),
        rose && line(`M${cx - r * 0.9} ${-h * 0.6}L${-w * 0.24} ${-h * 0.52}`, shade(second, 0.1), 11),
      ]),
    };
  },
};

export const gloves: Kind<"gloves"> = {
  heightCm: () => 26,
  poses: [],
  draw({ form, weave, width: w, height: h, accent }, { hex }) {
    const second = hexOf(accent);
    const k = w / 520;
    const hand =
      form === "mittens"
        ? `M-95 -40L-105 ${-h * 0.4}C-150 ${-h * 0.48} -190 ${-h * 0.6} -170 ${-h * 0.7}C-150 ${-h * 0.76} -112 ${-h * 0.68} -104 ${-h * 0.6}C-112 ${-h * 0.86} -80 ${-h} 0 ${-h}C86 ${-h} 112 ${-h * 0.82} 104 ${-h * 0.56}L92 -40Z`
        : `M-84 -40L-96 ${-h * 0.36}C-150 ${-h * 0.46} -176 ${-h * 0.58} -160 ${-h * 0.66}C-142 ${-h * 0.7} -112 ${-h * 0.62} -92 ${-h * 0.52}L-92 ${-h * 0.84}C-92 ${-h * 0.93} -48 ${-h * 0.93} -46 ${-h * 0.84}L-44 ${-h * 0.66}L-40 ${-h * 0.94}C-38 ${-h * 1.02} 6 ${-h * 1.02} 8 ${-h * 0.94}L8 ${-h * 0.66}L14 ${-h * 0.9}C18 ${-h * 0.98} 56 ${-h * 0.97} 58 ${-h * 0.88}L54 ${-h * 0.62}L62 ${-h * 0.76}C70 ${-h * 0.84} 104 ${-h * 0.82} 102 ${-h * 0.72}L88 ${-h * 0.36}L80 -40Z`;
    const cuff = `M-92 ${-h * 0.18}L94 ${-h * 0.18}L${form === "mittens" ? 96 : 118} 0L${form === "mittens" ? -98 : -122} 0Z`;
    const glove = group([
      cloth(hand, { hex, weave, accent: second, scale: 0.6 }, [
        crease(
          [
            [-60, -h * 0.36],
            [0, -h * 0.4],
            [60, -h * 0.34],
          ],
          hex,
          12,
        ),
      ]),
      form === "fingers" &&
        group([
          stitches(`M-44 ${-h * 0.6}L-40 ${-h * 0.42}`, hex),
          stitches(`M8 ${-h * 0.6}L10 ${-h * 0.42}`, hex),
          stitches(`M54 ${-h * 0.56}L50 ${-h * 0.42}`, hex),
        ]),
      cloth(cuff, {
        hex: form === "mittens" ? shade(hex, 0.06) : second,
        weave: form === "mittens" ? "rib" : "plain",
        accent: second,
        scale: 0.9,
      }),
      form === "fingers" && stitches(`M-100 ${-h * 0.14}L102 ${-h * 0.14}`, second),
    ]);
    const right = turn(grow(glove, k, 1), 8);
    const left = turn(mirror(grow(glove, k, 1)), -14);
    return {
      stance: "lies",
      focus: [-w * 0.24, -h * 0.3],
      art: group([move(right, w * 0.25, 0), move(left, -w * 0.25, 14)]),
    };
  },
};
