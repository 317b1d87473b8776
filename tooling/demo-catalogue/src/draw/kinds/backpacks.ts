import { tube } from "../blocks.ts";
import { cloth, crease, strap } from "../cloth.ts";
import { hexOf, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, group, rect } from "../svg.ts";
import { zip } from "./zips.ts";

const buckle = (x: number, y: number, k: number, metal: string): Art =>
  group([
    rect(x - 17 * k, y - 20 * k, 34 * k, 40 * k, 6 * k, { stroke: shade(metal, 0.2), width: 8 * k }),
    rect(x - 17 * k, y - 21 * k, 34 * k, 40 * k, 6 * k, { stroke: tint(metal, 0.25), width: 4 * k }),
  ]);

const isLeather = (hex: string): boolean => [hexOf("chestnut"), hexOf("cocoa"), hexOf("rust")].includes(hex);

export const backpack: Kind<"backpack"> = {
  heightCm: () => 46,
  poses: ["angle"],
  draw({ top, pockets, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const second = hexOf(accent);
    const fabric = { hex, weave: "plain" as const, accent: second, scale: 0.7 };
    const shoulder = top === "roll" ? h * 0.78 : h * 0.95;
    const body = roundedBox(-r, -shoulder, w, shoulder, [
      w * (top === "zip" ? 0.42 : 0.12),
      w * (top === "zip" ? 0.42 : 0.12),
      56,
      56,
    ]);
    const loop = tube(`M-40 ${-h + 14}C-42 ${-h - 56} 42 ${-h - 56} 40 ${-h + 14}`, 17, second);
    if (pose === "angle") return backpackBack(w, h, shoulder, hex, second, body);
    const pocketH = h * 0.33;
    const pocket =
      pockets > 0 &&
      group([
        cloth(roundedBox(-r * 0.76, -pocketH - 26, w * 0.76, pocketH, [24, 24, 44, 44]), {
          ...fabric,
          hex: tint(hex, 0.06),
        }),
        top === "flap"
          ? cloth(roundedBox(-r * 0.78, -pocketH - 34, w * 0.78, pocketH * 0.42, [16, 16, 40, 40]), {
              ...fabric,
              hex: shade(hex, 0.05),
            })
          : zip(`M${-r * 0.6} ${-pocketH + 4}L${r * 0.6} ${-pocketH + 4}`, second),
      ]);
    const side =
      pockets === 2 &&
      group(
        [-1, 1].map((k) =>
          cloth(roundedBox(k > 0 ? r * 0.84 : -r * 1.14, -h * 0.36, r * 0.3, h * 0.3, [16, 16, 24, 24]), {
            ...fabric,
            hex: shade(hex, 0.1),
          }),
        ),
      );
    const lids: Record<typeof top, Art> = {
      zip: group([
        zip(
          `M${-r * 0.8} ${-h * 0.46}C${-r * 0.82} ${-h * 0.9} ${r * 0.82} ${-h * 0.9} ${r * 0.8} ${-h * 0.46}`,
          second,
        ),
        rect(-r * 0.2, -h * 0.62, r * 0.4, r * 0.22, 8, { fill: second }),
      ]),
      roll: group([
        cloth(
          `M${-r * 0.94} ${-shoulder + 8}L${-r * 1.06} ${-h * 0.9}Q${-r * 1.1} ${-h} ${-r * 0.98} ${-h}L${r * 0.98} ${-h}Q${r * 1.1} ${-h} ${r * 1.06} ${-h * 0.9}L${r * 0.94} ${-shoulder + 8}Z`,
          { ...fabric, hex: shade(hex, 0.06) },
          [
            crease(
              [
                [-r * 0.4, -h * 0.86],
                [-r * 0.34, -shoulder],
              ],
              hex,
              10,
            ),
            crease(
              [
                [r * 0.36, -h * 0.86],
                [r * 0.3, -shoulder],
              ],
              hex,
              10,
            ),
          ],
        ),
        cloth(roundedBox(-r * 1.08, -h, w * 1.08, h * 0.095, [30, 30, 30, 30]), { ...fabric, hex: tint(hex, 0.06) }),
        strap(`M0 ${-h * 1.0}L0 ${-h * 0.56}`, 38, second),
        buckle(0, -h * 0.66, 1.2, "#b5b8ba"),
      ]),
      flap: group([
        cloth(
          roundedBox(-r * 1.05, -h * 0.98, w * 1.05, h * 0.44, [w * 0.24, w * 0.24, 46, 46]),
          { ...fabric, hex: shade(hex, 0.03) },
          [
            crease(
              [
                [-r * 0.8, -h * 0.7],
                [-r * 0.3, -h * 0.66],
              ],
              hex,
              10,
            ),
          ],
        ),
        ...[-0.5, 0.5].flatMap((k) => [
          strap(`M${r * k} ${-h * 0.8}L${r * k} ${-h * 0.3}`, 40, second),
          buckle(r * k, -h * 0.44, 1.2, "#c9a35a"),
        ]),
      ]),
    };
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.92]],
      focus: [top === "flap" ? r * 0.4 : 0, -h * 0.5],
      art: group([
        loop,
        side,
        cloth(body, fabric, [
          crease(
            [
              [-r * 0.7, -h * 0.5],
              [-r * 0.64, -h * 0.2],
            ],
            hex,
            14,
          ),
          crease(
            [
              [r * 0.74, -h * 0.56],
              [r * 0.7, -h * 0.24],
            ],
            hex,
            14,
          ),
        ]),
        pocket,
        lids[top],
        rect(r * 0.36, -h * 0.16, 58, 38, 4, { fill: isLeather(second) ? second : "#94532f" }),
      ]),
    };
  },
};

function backpackBack(w: number, h: number, shoulder: number, hex: string, second: string, body: string): Piece {
  const r = w / 2;
  const fabric = { hex: shade(hex, 0.06), weave: "plain" as const, accent: second, scale: 0.7 };
  const pads = [-1, 1].map((k) =>
    group([
      strap(
        `M${k * r * 0.3} ${-h * 0.84}C${k * r * 1.15} ${-h * 0.8} ${k * r * 1.2} ${-h * 0.36} ${k * r * 0.84} ${-h * 0.12}`,
        26,
        second,
      ),
      strap(
        `M${k * r * 0.3} ${-h * 0.84}C${k * r * 1.08} ${-h * 0.82} ${k * r * 1.14} ${-h * 0.56} ${k * r * 1.08} ${-h * 0.4}`,
        62,
        tint(second, 0.08),
      ),
    ]),
  );
  return {
    stance: "stands",
    feet: [[0, 0, r * 0.92]],
    art: group([
      tube(`M-40 ${-h * 0.86}C-42 ${-h * 0.98} 42 ${-h * 0.98} 40 ${-h * 0.86}`, 17, second),
      shoulder < h * 0.9 && cloth(roundedBox(-r * 0.95, -h, w * 0.95, h * 0.26, [24, 24, 4, 4]), fabric),
      cloth(body, fabric),
      cloth(roundedBox(-r * 0.66, -h * 0.72, w * 0.66, h * 0.62, [40, 40, 30, 30]), {
        hex: shade(hex, 0.16),
        weave: "waffle",
        accent: second,
        scale: 0.8,
      }),
      ...pads,
    ]),
  };
}
