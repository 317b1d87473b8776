import { cuboid, frontBox, leg, panel } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient, metalLight, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, path, rect, turn } from "../svg.ts";
import { grainTexture, weaveTexture } from "../textures.ts";

function bin(w: number, h: number, hex: string, wood: string, open: boolean): Art {
  const depth = h * 0.3;
  const handle = rect(-w * 0.13, -h * 0.5, w * 0.26, 20, 10, { fill: roundLight(shade(hex, 0.3)) });
  const front = group([
    frontBox(-w / 2, -h * 0.86, w, h * 0.86, open ? depth : 4, open ? shade(hex, 0.5) : hex, "paint"),
    panel(-w / 2, -h * 0.86, w, h * 0.86, 26, hex, "paint"),
    handle,
  ]);
  const lid = group([frontBox(-w * 0.515, -h * 0.95, w * 1.03, h * 0.1, depth, wood, "wood")]);
  if (!open) return group([front, lid]);
  const loaf = group([
    path(`M${-w * 0.3} ${-h * 0.9}C${-w * 0.32} ${-h * 1.26} ${w * 0.3} ${-h * 1.26} ${w * 0.3} ${-h * 0.9}Z`, {
      fill: linearGradient(
        [
          [0, "#d79a52"],
          [1, "#8f5424"],
        ],
        80,
      ),
    }),
    ...[-0.14, 0, 0.14].map((x) => line(`M${w * x - 22} ${-h * 0.98}L${w * x + 18} ${-h * 1.1}`, "#f1d3a0", 11)),
  ]);
  const back = path(
    `M${-w * 0.42} ${-h * 0.86 - depth}L${w * 0.42} ${-h * 0.86 - depth}L${w / 2} ${-h * 0.86}L${-w / 2} ${-h * 0.86}Z`,
    { fill: shade(hex, 0.45) },
  );
  return group([
    back,
    loaf,
    panel(-w / 2, -h * 0.86, w, h * 0.86, 26, hex, "paint"),
    handle,
    leg([w * 0.535, -h * 0.86], [w * 0.68, 0], 34, 34, wood),
  ]);
}

/** A bread bin with a tambour lid that rolls back. */
function rollBin(w: number, h: number, hex: string, open: boolean): Piece {
  const outline = `M${-w / 2} 0L${-w / 2} ${-h * 0.5}C${-w / 2} ${-h} ${-w * 0.42} ${-h} ${-w * 0.36} ${-h}L${w * 0.36} ${-h}C${w * 0.42} ${-h} ${w / 2} ${-h} ${w / 2} ${-h * 0.5}L${w / 2} 0Z`;
  const slats = Array.from({ length: open ? 3 : 8 }, (_, n) => {
    const y = -h * (0.94 - n * 0.1);
    return group([
      line(`M${-w * 0.45} ${y}L${w * 0.45} ${y}`, alpha(shade(hex, 0.6), 0.4), 5),
      line(`M${-w * 0.45} ${y + 5}L${w * 0.45} ${y + 5}`, alpha(tint(hex, 0.7), 0.5), 4),
    ]);
  });
  const inside =
    open &&
    group([
      rect(-w * 0.43, -h * 0.64, w * 0.86, h * 0.5, 10, { fill: shade(hex, 0.62) }),
      path(`M${-w * 0.3} ${-h * 0.16}C${-w * 0.32} ${-h * 0.6} ${w * 0.3} ${-h * 0.6} ${w * 0.3} ${-h * 0.16}Z`, {
        fill: linearGradient(
          [
            [0, "#d79a52"],
            [1, "#8f5424"],
          ],
          80,
        ),
      }),
    ]);
  return {
    stance: "stands",
    feet: [[0, 0, w * 0.48]],
    art: group([
      path(outline, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.36)],
            [0.5, hex],
            [1, shade(hex, 0.2)],
          ],
          70,
        ),
      }),
      path(outline, { fill: grainTexture(hex, "bin") }),
      ...slats,
      inside,
      rect(-w * 0.47, -h * 0.12, w * 0.94, 14, 6, { fill: shade(hex, 0.2) }),
      rect(-w * 0.08, -h * (open ? 0.7 : 0.2), w * 0.16, 26, 13, { fill: roundLight(shade(hex, 0.4)) }),
    ]),
  };
}

function lunchBox(w: number, h: number, tiers: number, hex: string, clip2: string, open: boolean): Art {
  const tier = h / (tiers + 0.25);
  const tiersArt = Array.from({ length: tiers }, (_, n) => {
    const y = -tier * (n + 1);
    return group([
      rect(-w / 2, y, w, tier - 5, 34, { fill: metalLight(hex) }),
      rect(-w / 2 - 6, y - 4, w + 12, 18, 9, { fill: metalLight(tint(hex, 0.2)) }),
    ]);
  });
  const clips = [-1, 1].map((side) =>
    rect(side * w * 0.5 - 20, -tier * tiers - 18, 40, tier * tiers * 0.78, 14, { fill: roundLight(clip2) }),
  );
  const top = -tier * tiers;
  const lid = rect(-w / 2 - 4, top - tier * 0.25, w + 8, tier * 0.25, 20, { fill: metalLight(tint(hex, 0.3)) });
  if (!open) return group([...tiersArt, lid, ...clips]);
  const food = group([
    ellipse(0, top, w * 0.47, 46, { fill: shade(hex, 0.4) }),
    ...[-0.36, -0.22, -0.08].map((x, n) =>
      circle(w * x, top - 12 - (n % 2) * 12, 40, {
        fill: roundLight(["#d2503f", "#c3412f", "#de6a50"][n] ?? "#d2503f"),
      }),
    ),
    ...[0.06, 0.18, 0.3].map((x, n) =>
      turn(
        rect(w * x - 30, top - 66, 62, 92, 8, { fill: roundLight(["#e5c48a", "#efd8a8", "#d9b06c"][n] ?? "#e5c48a") }),
        -14 + n * 12,
        w * x,
        top,
      ),
    ),
    path(`M${w * 0.38} ${top}C${w * 0.3} ${top - 70} ${w * 0.42} ${top - 90} ${w * 0.44} ${top - 40}Z`, {
      fill: "#7f9a4e",
    }),
  ]);
  return group([
    food,
    ...tiersArt,
    turn(rect(w * 0.3, -34, w * 0.62, 30, 14, { fill: metalLight(tint(hex, 0.2)) }), -14, w * 0.3, 0),
  ]);
}

function trays(w: number, h: number, tiers: number, hex: string, angle: boolean): Piece {
  const step = h / tiers;
  if (angle) {
    const art = group(
      Array.from({ length: tiers }, (_, n) =>
        group([
          cuboid([-w / 2, n * step, 0], [w, 14, w * 0.8], hex, "paint"),
          cuboid([-w * 0.42, n * step + 15, 30], [w * 0.7, 22, w * 0.64], n % 2 ? "#f4efe2" : "#fbf8f0", "paint"),
          cuboid([-w / 2, n * step + 14, w * 0.76], [w, step * 0.5, 14], shade(hex, 0.06), "paint"),
          cuboid([-w / 2, n * step, 0], [18, step, 18], hex, "paint"),
          cuboid([w / 2 - 18, n * step, 0], [18, step, 18], hex, "paint"),
        ]),
      ),
    );
    return { art, stance: "stands" };
  }
  const art = group(
    Array.from({ length: tiers }, (_, n) => {
      const y = -step * n;
      return group([
        rect(-w / 2 + 18, y - step + 30, w - 36, step - 44, 6, { fill: shade(hex, 0.55) }),
        rect(-w / 2 + 40, y - 62, w - 90, 44, 3, {
          fill: linearGradient([
            [0, "#fffdf6"],
            [1, "#e3dccb"],
          ]),
        }),
        line(
          `M${-w / 2 + 44} ${y - 50}L${w / 2 - 54} ${y - 50}M${-w / 2 + 44} ${y - 40}L${w / 2 - 54} ${y - 40}`,
          "#cfc6b2",
          2,
        ),
        frontBox(-w / 2, y - 24, w, 24, 14, hex, "paint"),
        rect(-w / 2, y - step + 6, 16, step - 6, 4, { fill: roundLight(hex) }),
        rect(w / 2 - 16, y - step + 6, 16, step - 6, 4, { fill: roundLight(hex) }),
      ]);
    }),
  );
  return { art, stance: "stands" };
}

function magazineFile(w: number, h: number, hex: string, metal: string, angle: boolean): Piece {
  const papers = (x: number, width: number) =>
    group(
      [0, 1, 2, 3].map((n) =>
        rect(x + n * width * 0.24, -h * (0.98 + (n % 3) * 0.045), width * 0.22, h * 0.9, 2, {
          fill: roundLight(["#f4efe2", "#d2503f", "#5f8fae", "#f1d98b"][n] ?? "#fff"),
        }),
      ),
    );
  if (angle) {
    const body = `M${-w} ${-h}L${-w * 0.42} ${-h}L${w * 0.95} ${-h * 0.42}L${w * 0.95} 0L${-w} 0Z`;
    return {
      art: group([
        path(
          `M${-w * 0.9} ${-h * 1.06}L${-w * 0.2} ${-h * 1.06}L${w * 0.86} ${-h * 0.62}L${w * 0.86} -20L${-w * 0.9} -20Z`,
          { fill: "#f4efe2" },
        ),
        path(
          `M${-w * 0.9} ${-h * 1.03}L${-w * 0.24} ${-h * 1.03}L${w * 0.88} ${-h * 0.54}L${w * 0.86} -20L${-w * 0.9} -20Z`,
          { fill: "#5f8fae" },
        ),
        path(body, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.2)],
              [1, shade(hex, 0.18)],
            ],
            50,
          ),
        }),
        path(body, { fill: weaveTexture("plain", hex, hex) }),
        line(`M${-w} ${-h}L${-w * 0.42} ${-h}L${w * 0.95} ${-h * 0.42}`, tint(hex, 0.5), 5),
      ]),
      stance: "stands",
    };
  }
  return {
    art: group([
      papers(-w * 0.42, w * 0.92),
      panel(-w / 2, -h * 0.94, w, h * 0.94, 8, hex, "paint"),
      rect(-w / 2, -h * 0.94, w, h * 0.94, 8, { fill: weaveTexture("plain", hex, hex) }),
      rect(-w * 0.28, -h * 0.62, w * 0.56, h * 0.17, 6, { fill: "#f7f1e2", stroke: metal, width: 8 }),
      line(
        `M${-w * 0.16} ${-h * 0.55}L${w * 0.16} ${-h * 0.55}M${-w * 0.1} ${-h * 0.51}L${w * 0.1} ${-h * 0.51}`,
        "#8d8472",
        5,
      ),
      circle(0, -h * 0.2, w * 0.12, { fill: shade(hex, 0.6), stroke: metal, width: 10 }),
    ]),
    stance: "stands",
  };
}

export const box: Kind<"box"> = {
  heightCm: ({ height, lid, tiers }) => (lid === "flat" ? 20 : lid === "clips" ? 12 : tiers === 1 ? 31 : height / 17),
  poses: ["open", "angle"],
  draw({ lid, tiers, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    if (lid === "clips")
      return { art: lunchBox(w, h, tiers, hex, second, pose === "open"), stance: "stands", feet: [[0, 0, w * 0.48]] };
    if (lid === "flat")
      return { art: bin(w, h, hex, second, pose === "open"), stance: "stands", feet: [[0, 0, w * 0.48]] };
    if (lid === "roll") return rollBin(w, h, hex, pose === "open");
    return tiers === 1 ? magazineFile(w, h, hex, second, pose === "angle") : trays(w, h, tiers, hex, pose === "angle");
  },
};
