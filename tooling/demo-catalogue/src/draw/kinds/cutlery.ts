import type { Drawing } from "../../drawing-kinds.ts";
import { centred, withDropShadow } from "../backdrop.ts";
import { tube } from "../blocks.ts";
import { hexOf, shade, tint } from "../colour.ts";
import { linearGradient, metalPlane, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, circle, ellipse, group, line, move, path, rect, turn } from "../svg.ts";
import { grainTexture } from "../textures.ts";

const STEEL = "#c3c7c9";

type Head = Drawing<"utensils">["heads"][number];

function utensil(head: Head, h: number, hex: string): Art {
  const stick = group([
    rect(-15, -h * 0.3, 30, h * 0.8, 15, { fill: roundLight(hex) }),
    rect(-15, -h * 0.3, 30, h * 0.8, 15, { fill: grainTexture(hex, head, 90) }),
    circle(0, h * 0.44, 7, { fill: shade(hex, 0.5) }),
  ]);
  const spoonShape = (k: number) =>
    `M-17 ${-h * 0.26}C${-62 * k} ${-h * 0.32} ${-64 * k} ${-h * 0.5} 0 ${-h * 0.5}C${64 * k} ${-h * 0.5} ${62 * k} ${-h * 0.32} 17 ${-h * 0.26}Z`;
  const fill = linearGradient(
    [
      [0, tint(hex, 0.3)],
      [0.5, hex],
      [1, shade(hex, 0.2)],
    ],
    40,
  );
  const flat = `M-17 ${-h * 0.24}C-60 ${-h * 0.3} -58 ${-h * 0.4} -54 ${-h * 0.5}L54 ${-h * 0.47}C58 ${-h * 0.4} 56 ${-h * 0.3} 17 ${-h * 0.24}Z`;
  const heads: Record<Head, Art> = {
    spoon: group([
      path(spoonShape(1), { fill }),
      ellipse(0, -h * 0.4, 36, h * 0.07, {
        fill: linearGradient(
          [
            [0, shade(hex, 0.3)],
            [1, tint(hex, 0.1)],
          ],
          50,
        ),
      }),
    ]),
    slotted: group([
      path(spoonShape(1.04), { fill }),
      ...[-20, 0, 20].map((x) => rect(x - 5, -h * 0.46, 10, h * 0.12, 5, { fill: shade(hex, 0.55) })),
    ]),
    spatula: group([path(flat, { fill }), path(flat, { fill: grainTexture(hex, "flat", 90) })]),
    ladle: group([
      path(spoonShape(1.3), { fill }),
      ellipse(0, -h * 0.41, 60, h * 0.078, {
        fill: linearGradient(
          [
            [0, shade(hex, 0.42)],
            [1, hex],
          ],
          50,
        ),
      }),
    ]),
    whisk: group(
      [-1, -0.6, -0.2, 0.2, 0.6, 1].map((k) =>
        line(`M0 ${-h * 0.24}C${70 * k} ${-h * 0.36} ${60 * k} ${-h * 0.52} 0 ${-h * 0.52}`, STEEL, 6),
      ),
    ),
  };
  return group([stick, heads[head]]);
}

export const utensils: Kind<"utensils"> = {
  heightCm: () => 30,
  poses: [],
  draw({ heads, width: w, height: h, accent }, { hex }) {
    const count = heads.length;
    const gap = w / count;
    const tools = heads.map((head, n) =>
      withDropShadow(
        move(
          turn(utensil(head, h, n % 2 ? tint(hex, 0.14) : hex), (n - (count - 1) / 2) * 3.4),
          (n - (count - 1) / 2) * gap,
          ((n * 5) % 3) * 14,
        ),
        9,
        0.22,
      ),
    );
    const cord = group([
      tube(
        `M${-w * 0.42} ${h * 0.3}C${-w * 0.2} ${h * 0.36} ${w * 0.2} ${h * 0.36} ${w * 0.42} ${h * 0.3}`,
        9,
        hexOf(accent),
      ),
    ]);
    return { art: group([...tools, cord]), stance: "lies", focus: [-gap * 0.5, -h * 0.36] };
  },
};

export const cutlery: Kind<"cutlery"> = {
  heightCm: () => 21,
  poses: ["above"],
  draw({ style, pieces, width: w, height: h, accent }, { hex, pose }) {
    const grip = style === "handled" ? hexOf(accent) : hex;
    const metal = metalPlane(hex, 10);
    const stem = (wide: number) =>
      path(`M-7 ${-h * 0.2}L7 ${-h * 0.2}L${wide} ${h * 0.46}Q0 ${h * 0.52} ${-wide} ${h * 0.46}Z`, {
        fill: style === "handled" ? roundLight(grip) : metal,
      });
    const fork = group([
      stem(15),
      path(
        `M-32 ${-h * 0.48}L-32 ${-h * 0.3}Q-30 ${-h * 0.2} -7 ${-h * 0.17}L7 ${-h * 0.17}Q30 ${-h * 0.2} 32 ${-h * 0.3}L32 ${-h * 0.48}L23 ${-h * 0.48}L21 ${-h * 0.32}L15 ${-h * 0.32}L14 ${-h * 0.48}L4 ${-h * 0.48}L4 ${-h * 0.32}L-4 ${-h * 0.32}L-4 ${-h * 0.48}L-14 ${-h * 0.48}L-15 ${-h * 0.32}L-21 ${-h * 0.32}L-23 ${-h * 0.48}Z`,
        { fill: metal },
      ),
    ]);
    const blade = group([
      path(`M-9 ${-h * 0.04}L-12 ${h * 0.46}Q0 ${h * 0.52} 13 ${h * 0.46}L11 ${-h * 0.04}Z`, {
        fill: style === "handled" ? roundLight(grip) : metal,
      }),
      path(`M-10 0L-12 ${-h * 0.44}C-8 ${-h * 0.52} 26 ${-h * 0.44} 26 ${-h * 0.2}L12 0Z`, { fill: metal }),
    ]);
    const spoon = (k: number) =>
      group([
        stem(15 * k),
        ellipse(0, -h * 0.34, 36 * k, h * 0.14, { fill: metal }),
        ellipse(2, -h * 0.33, 25 * k, h * 0.105, {
          fill: linearGradient(
            [
              [0, shade(hex, 0.32)],
              [1, tint(hex, 0.4)],
            ],
            50,
          ),
        }),
      ]);
    const small = (art: Art, k: number) => ({
      ...group([art]),
      attributes: { transform: `translate(0 ${(h * 0.5 * (1 - k)).toFixed(1)}) scale(${k})` },
      box: { left: art.box.left * k, right: art.box.right * k, top: -h * 0.5 * k + h * 0.5 * (1 - k), bottom: h * 0.5 },
    });
    const all = [fork, blade, spoon(1), small(spoon(0.95), 0.72), small(fork, 0.8)].slice(0, pieces);
    const gap = w / pieces;
    const row = all.map((art, n) => withDropShadow(move(art, (n - (pieces - 1) / 2) * gap, 0), 8, 0.26));
    if (pose !== "above") return { art: group(row), stance: "lies", focus: [-gap, -h * 0.3] };
    const plate = group([
      circle(0, 0, 250, {
        fill: linearGradient(
          [
            [0, "#fffdf8"],
            [1, "#dcd5c6"],
          ],
          50,
        ),
      }),
      circle(0, 0, 178, {
        fill: linearGradient(
          [
            [0, "#dfd8ca"],
            [1, "#fdfbf5"],
          ],
          50,
        ),
      }),
    ]);
    const place = [
      move(fork, -320, 0),
      move(small(fork, 0.8), -400, 0),
      move(blade, 320, 0),
      move(spoon(1), 400, 0),
      centred(turn(small(spoon(0.95), 0.72), 90), 0, -340),
    ].slice(0, pieces);
    return {
      art: group([withDropShadow(plate, 12, 0.3), ...place.map((art) => withDropShadow(art, 7, 0.26))]),
      stance: "lies",
    };
  },
};
