import { tube } from "../blocks.ts";
import { cloth, crease, fringe } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { linearGradient } from "../light.ts";
import type { Kind } from "../piece.ts";
import { ellipse, group, line, move, path, rect, turn } from "../svg.ts";

export const socks: Kind<"socks"> = {
  heightCm: () => 30,
  poses: [],
  draw({ weave, width: w, height: h, accent }, { hex }) {
    const second = hexOf(accent);
    const leg = w * 0.5;
    const d = `M${-leg / 2} ${-h / 2}L${leg / 2} ${-h / 2}L${leg / 2} ${h * 0.16}C${leg * 0.54} ${h * 0.26} ${leg * 1.1} ${h * 0.3} ${leg * 1.26} ${h * 0.38}C${leg * 1.36} ${h * 0.5} ${leg * 1.1} ${h * 0.52} ${leg * 0.8} ${h * 0.5}L${-leg * 0.1} ${h * 0.46}C${-leg * 0.5} ${h * 0.44} ${-leg * 0.58} ${h * 0.3} ${-leg / 2} ${h * 0.16}Z`;
    const toe = path(
      `M${leg * 0.86} ${h * 0.28}C${leg * 1.2} ${h * 0.3} ${leg * 1.5} ${h * 0.4} ${leg * 1.3} ${h * 0.6}L${leg * 0.76} ${h * 0.6}C${leg * 0.7} ${h * 0.46} ${leg * 0.76} ${h * 0.36} ${leg * 0.86} ${h * 0.28}Z`,
      { fill: second },
    );
    const heel = ellipse(-leg * 0.42, h * 0.38, leg * 0.42, h * 0.15, { fill: second });
    const sock = group([
      cloth(d, { hex, weave, accent: second, scale: weave === "rib" ? 0.7 : 0.8 }, [
        toe,
        heel,
        rect(-leg, -h * 0.3, leg * 2, h * 0.035, 0, { fill: second }),
        rect(-leg, -h * 0.25, leg * 2, h * 0.016, 0, { fill: second }),
        crease(
          [
            [-leg * 0.3, h * 0.2],
            [leg * 0.1, h * 0.24],
            [leg * 0.4, h * 0.18],
          ],
          hex,
          12,
        ),
      ]),
      cloth(roundedBox(-leg / 2 - 5, -h / 2, leg + 10, h * 0.13, [10, 10, 4, 4]), {
        hex: shade(hex, 0.04),
        weave: "rib",
        accent: second,
        scale: 0.7,
      }),
    ]);
    return {
      stance: "lies",
      focus: [0, -h * 0.1],
      art: group([move(turn(sock, -12), -w * 0.34, -10), move(turn(sock, 7), w * 0.22, 22)]),
    };
  },
};

export const scarf: Kind<"scarf"> = {
  heightCm: ({ form }) => (form === "loop" ? 30 : 60),
  poses: [],
  draw({ weave, fringe: fringed, form, width: w, height: h, accent }, { hex }) {
    const fabric = { hex, weave, accent: hexOf(accent), scale: 0.9 };
    if (form === "loop") {
      const r = w / 2;
      const outer = `M${-r} ${-h * 0.5}C${-r} ${-h * 1.06} ${r} ${-h * 1.06} ${r} ${-h * 0.5}C${r * 1.06} ${-h * 0.1} ${r * 0.6} 0 0 0C${-r * 0.6} 0 ${-r * 1.06} ${-h * 0.1} ${-r} ${-h * 0.5}Z`;
      const folds = [0.1, 0.24, 0.38].map((k) =>
        crease(
          [
            [-r * 1.02, -h * (0.5 - k * 0.3)],
            [-r * 0.4, -h * (0.34 - k * 0.8)],
            [r * 0.4, -h * (0.34 - k * 0.8)],
            [r * 1.02, -h * (0.5 - k * 0.3)],
          ],
          hex,
          24,
        ),
      );
      return {
        stance: "stands",
        feet: [[0, 0, r * 0.8]],
        focus: [-r * 0.4, -h * 0.3],
        art: group([
          cloth(outer, { ...fabric, degrees: 12 }, folds),
          ellipse(0, -h * 0.66, r * 0.52, h * 0.15, {
            fill: linearGradient(
              [
                [0, shade(hex, 0.55)],
                [1, shade(hex, 0.25)],
              ],
              90,
            ),
          }),
          line(
            `M${-r * 0.54} ${-h * 0.68}C${-r * 0.4} ${-h * 0.46} ${r * 0.4} ${-h * 0.46} ${r * 0.54} ${-h * 0.68}`,
            alpha(tint(hex, 0.6), 0.5),
            12,
          ),
        ]),
      };
    }
    const sash = (x: number, y1: number, y2: number, wide: number, sway: number, tone: string) =>
      group([
        fringed && fringe([x - wide / 2 + sway, y2 - 4], [x + wide / 2 + sway, y2 - 4], 66, tone, 15),
        cloth(
          `M${x - wide / 2} ${y1}C${x - wide / 2 - 10} ${(y1 + y2) / 2} ${x - wide / 2 + sway} ${(y1 + y2) / 2} ${x - wide / 2 + sway} ${y2}L${x + wide / 2 + sway} ${y2}C${x + wide / 2 + sway} ${(y1 + y2) / 2} ${x + wide / 2 - 10} ${(y1 + y2) / 2} ${x + wide / 2} ${y1}Z`,
          { ...fabric, hex: tone },
          [
            crease(
              [
                [x - wide * 0.2, y1],
                [x - wide * 0.16 + sway * 0.5, (y1 + y2) / 2],
                [x - wide * 0.2 + sway, y2],
              ],
              tone,
              14,
            ),
          ],
        ),
      ]);
    const top = -h / 2;
    return {
      stance: "hangs",
      focus: [-w * 0.16, 0],
      art: group([
        tube(`M0 ${top - 60}L0 ${top - 14}C0 ${top + 24} 40 ${top + 24} 40 ${top - 8}`, 16, "#a98a5a"),
        sash(w * 0.2, top + 30, h * 0.34, w * 0.46, 20, shade(hex, 0.1)),
        sash(-w * 0.17, top + 20, h * 0.46, w * 0.5, -14, hex),
        cloth(
          `M${-w * 0.44} ${top + 50}C${-w * 0.42} ${top - 20} ${w * 0.4} ${top - 20} ${w * 0.44} ${top + 54}C${w * 0.3} ${top + 110} ${-w * 0.3} ${top + 120} ${-w * 0.44} ${top + 50}Z`,
          { ...fabric, degrees: 6 },
          [
            crease(
              [
                [-w * 0.3, top + 60],
                [0, top + 40],
                [w * 0.3, top + 64],
              ],
              hex,
              14,
            ),
          ],
        ),
      ]),
    };
  },
};
