import { panel, tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient, metalLight, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, move, path, rect, turn } from "../svg.ts";
import { crumbTexture } from "../textures.ts";
import { disc } from "../turned.ts";
import { WOODS } from "./wood-tones.ts";

export const charger: Kind<"charger"> = {
  heightCm: ({ form }) => ({ pad: 2, stand: 14, cable: 10, bank: 14 })[form],
  poses: ["above"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const r = w / 2;
    const cork = WOODS.has(hex);
    if (form === "cable") return cable(w, h, hex, second);
    if (form === "pad" && pose === "above") return padPlan(r, hex, second, cork);
    if (form === "pad") {
      const tilt = 0.26;
      return {
        stance: "stands",
        feet: [[0, 0, r * 0.96]],
        art: group([
          tube(`M${r * 0.9} -20C${r * 1.3} 10 ${r * 1.3} -90 ${r * 1.5} -60`, 14, "#4a4b4d"),
          disc(r, -h * 0.5, h * 0.5, { hex: second, surface: "metal" }, tilt),
          ellipse(0, -h * 0.5, r * 0.95, r * 0.95 * tilt, {
            fill: linearGradient(
              [
                [0, tint(hex, 0.36)],
                [1, hex],
              ],
              30,
            ),
          }),
          cork && ellipse(0, -h * 0.5, r * 0.95, r * 0.95 * tilt, { fill: crumbTexture(hex) }),
          ellipse(0, -h * 0.5, r * 0.28, r * 0.28 * tilt, { stroke: alpha(shade(hex, 0.5), 0.5), width: 6 }),
          circle(0, -6, 7, { fill: "#8bc3a0" }),
        ]),
      };
    }
    if (form === "bank")
      return {
        stance: "lies",
        art: turn(
          group([
            panel(-r, -h / 2, w, h, 40, hex, "paint"),
            ...[0, 1, 2, 3].map((n) =>
              circle(-36 + n * 24, h * 0.36, 6, { fill: n < 3 ? "#8bc3a0" : shade(hex, 0.4) }),
            ),
          ]),
          12,
        ),
      };
    return {
      stance: "stands",
      art: group([
        panel(-r * 0.7, -h, w * 0.7, h * 0.9, 30, "#2f3033", "paint"),
        disc(r, -24, 24, { hex, surface: "matte" }, 0.2),
        panel(-r * 0.4, -h * 0.5, w * 0.4, h * 0.48, 12, hex, "paint"),
      ]),
    };
  },
};

function padPlan(r: number, hex: string, second: string, cork: boolean): Piece {
  const phone = turn(
    group([
      rect(-r * 0.44, -r * 0.9, r * 0.88, r * 1.8, 44, {
        fill: linearGradient(
          [
            [0, "#55585c"],
            [1, "#232527"],
          ],
          50,
        ),
      }),
      rect(-r * 0.41, -r * 0.87, r * 0.82, r * 1.74, 38, {
        fill: linearGradient(
          [
            [0, "#3d5a6c"],
            [0.5, "#6f8fa0"],
            [1, "#d9b98c"],
          ],
          70,
        ),
      }),
      line(`M${-r * 0.14} ${-r * 0.6}L${r * 0.14} ${-r * 0.6}`, alpha("#ffffff", 0.8), 12),
      circle(0, 0, r * 0.14, { stroke: alpha("#ffffff", 0.85), width: 7 }),
      path(`M6 -26L-18 6L-2 6L-8 28L18 -6L2 -6Z`, { fill: "#ffffff" }),
    ]),
    18,
  );
  return {
    stance: "lies",
    art: group([
      tube(`M${r * 0.7} ${r * 0.7}C${r * 1.1} ${r * 1.1} ${r * 1.2} ${r * 0.6} ${r * 1.4} ${r * 1.1}`, 18, "#4a4b4d"),
      circle(0, 0, r, { fill: metalLight(second) }),
      circle(0, 0, r * 0.95, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.36)],
            [1, shade(hex, 0.06)],
          ],
          50,
        ),
      }),
      cork && circle(0, 0, r * 0.95, { fill: crumbTexture(hex) }),
      phone,
    ]),
  };
}

function cable(w: number, h: number, hex: string, steel: string): Piece {
  const coil = [1, 0.9, 0.8].map((k, n) =>
    group([
      ellipse(n * 5, n * 6, w * 0.36 * k, h * 0.38 * k, { stroke: shade(hex, 0.4), width: 28 }),
      ellipse(n * 5, n * 6, w * 0.36 * k, h * 0.38 * k, { stroke: hex, width: 22 }),
      ellipse(n * 5, n * 6, w * 0.36 * k, h * 0.38 * k, { stroke: alpha(tint(hex, 0.5), 0.5), width: 10, dash: "7 8" }),
    ]),
  );
  const plug = (x: number, y: number, angle: number) =>
    move(
      turn(
        group([
          rect(-24, 0, 48, 96, 12, { fill: metalLight(steel) }),
          rect(-17, 94, 34, 40, 8, { fill: metalLight("#d9dcdd") }),
          rect(-10, 128, 20, 5, 2, { fill: "#5a5d60" }),
          rect(-13, -34, 26, 40, 8, { fill: roundLight(shade(hex, 0.2)) }),
        ]),
        angle,
      ),
      x,
      y,
    );
  return {
    stance: "lies",
    art: group([
      tube(`M${w * 0.3} ${h * 0.2}C${w * 0.44} ${h * 0.4} ${w * 0.3} ${h * 0.5} ${w * 0.2} ${h * 0.52}`, 24, hex),
      tube(
        `M${-w * 0.33} ${h * 0.14}C${-w * 0.4} ${h * 0.34} ${-w * 0.34} ${h * 0.4} ${-w * 0.22} ${h * 0.46}`,
        24,
        hex,
      ),
      ...coil,
      plug(w * 0.16, h * 0.53, 70),
      plug(-w * 0.2, h * 0.46, -58),
      rect(-w * 0.41, -46, 90, 92, 14, { fill: roundLight("#94532f") }),
      circle(-w * 0.41 + 44, 0, 12, { fill: steel }),
    ]),
  };
}

export const keyboard: Kind<"keyboard"> = {
  heightCm: () => 13,
  poses: ["above"],
  draw({ rows, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const depth = h;
    const unit = (w - 50) / 15;
    const row = (depth - 50) / rows;
    const widths = [
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2],
      [1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5],
      [1.8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.2],
      [2.3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.7],
      [1.3, 1.3, 1.3, 6.2, 1.3, 1.2, 1.2, 1.2],
    ].slice(5 - rows);
    const keys = widths.flatMap((line_, y) => {
      let x = -w / 2 + 25;
      return line_.map((k, n) => {
        const edge = n === 0 || n === line_.length - 1;
        const tone =
          y === widths.length - 1 && k > 4
            ? second
            : (edge && y === 0 && n === 0) || (edge && y === 2 && n > 0)
              ? second
              : edge
                ? shade(hex, 0.14)
                : tint(hex, 0.14);
        const [kx, ky, kw] = [x, -depth + 25 + y * row, k * unit];
        x += kw;
        return group([
          rect(kx + 2, ky + 2, kw - 4, row - 3, 8, { fill: shade(tone, 0.24) }),
          rect(kx + 6, ky + 3, kw - 12, row - 13, 7, {
            fill: linearGradient(
              [
                [0, tint(tone, 0.26)],
                [1, tone],
              ],
              70,
            ),
          }),
        ]);
      });
    });
    const base = group([
      rect(-w / 2, -depth, w, depth + 14, 26, { fill: shade(hex, 0.36) }),
      rect(-w / 2, -depth, w, depth, 26, {
        fill: linearGradient(
          [
            [0, tint(hex, 0.1)],
            [1, shade(hex, 0.16)],
          ],
          60,
        ),
      }),
      rect(-w / 2 + 18, -depth + 18, w - 36, depth - 36, 14, { fill: shade(hex, 0.42) }),
    ]);
    const art = group([base, ...keys]);
    return pose === "above"
      ? { art: turn(art, -14), stance: "lies", focus: [0, 0] }
      : {
          art: group([
            rect(-w / 2, -26, w, 26, 8, { fill: shade(hex, 0.4) }),
            { ...squash(art), box: { left: -w / 2, right: w / 2, top: -depth * 0.72 - 12, bottom: 0 } },
          ]),
          stance: "stands",
          feet: [[0, 0, w * 0.49]],
        };
  },
};

const squash = (art: Art): Art => ({
  ...group([art]),
  attributes: { transform: "translate(0 -12) scale(1 0.72)" },
});
