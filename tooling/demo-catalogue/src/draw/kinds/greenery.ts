import { alpha } from "../colour.ts";
import { roundLight } from "../light.ts";
import { type Art, circle, ellipse, group, line, path } from "../svg.ts";
import { at, cactusBody, frond, green, leaf, type Plant } from "./leaves.ts";

/** What grows out of a pot whose mouth is `w` wide, its soil at y = 0. */
export function plantOf(plant: Plant, w: number): Art {
  const grown: Record<Plant, () => Art> = {
    none: () => group([]),
    herbs: () =>
      group(
        Array.from({ length: Math.max(5, Math.round(w / 62)) }, (_, n, count = Math.max(5, Math.round(w / 62))) => {
          const x = ((n + 0.5) / count - 0.5) * w * 0.84;
          const tall = 120 + ((n * 47) % 60);
          const sprigs = [0.3, 0.5, 0.7, 0.88, 1].flatMap((t, i) => [
            at(leaf(46, 17, green(n + i)), x + 6 * Math.sin(n), -tall * t, 52),
            at(leaf(46, 17, green(n + i + 1)), x, -tall * t, -52),
          ]);
          return group([
            line(`M${x} 6L${x + 6 * Math.sin(n)} ${-tall}`, "#5c7a45", 5),
            ...sprigs,
            at(leaf(44, 15, green(n + 2)), x, -tall, 4),
          ]);
        }),
      ),
    fern: () =>
      group(
        [-0.9, 0.86, -0.62, 0.6, -0.34, 0.3, -0.08, 0.1].map((k, n) =>
          at(frond(w * (0.78 + (n % 3) * 0.08), k * w * 0.72, green(n)), k * w * 0.1, 8, 0),
        ),
      ),
    cactus: () =>
      group([
        cactusBody(-w * 0.2, w * 0.15, w * 0.46, "#5b8a5c"),
        group([
          path(
            `M${w * 0.1} 4C${w * 0.02} ${-w * 0.16} ${w * 0.04} ${-w * 0.26} ${w * 0.16} ${-w * 0.26}C${w * 0.28} ${-w * 0.26} ${w * 0.3} ${-w * 0.16} ${w * 0.22} 4Z`,
            { fill: roundLight("#7fa56a") },
          ),
          ...[0.09, 0.13, 0.17, 0.21].map((k) =>
            line(
              `M${w * k} 0C${w * (k * 1.3 - 0.06)} ${-w * 0.1} ${w * (k * 1.3 - 0.06)} ${-w * 0.18} ${w * 0.15} ${-w * 0.25}`,
              alpha("#3f6a43", 0.4),
              3,
            ),
          ),
          circle(w * 0.16, -w * 0.27, w * 0.032, { fill: "#e58fa0" }),
        ]),
        cactusBody(w * 0.34, w * 0.06, w * 0.17, "#4f7d5b"),
        cactusBody(-w * 0.4, w * 0.055, w * 0.12, "#86a872"),
      ]),
    trailing: () =>
      group([
        ...[-0.44, -0.3, -0.12, 0.1, 0.28, 0.45].flatMap((k, n) => {
          const drop = w * (0.34 + ((n * 5) % 4) * 0.13);
          const vine = `M${w * k * 0.7} 0C${w * k} -40 ${w * k * 1.28} -16 ${w * k * 1.24} ${drop}`;
          const leaves = Array.from({ length: 7 }, (_, i) => {
            const t = (i + 1) / 7;
            return at(
              leaf(w * 0.115, w * 0.05, green(n + i)),
              w * k * (0.9 + 0.36 * t),
              -26 + drop * t,
              i % 2 ? 128 : 226,
            );
          });
          return [line(vine, "#5c7a45", 5), ...leaves];
        }),
        ...Array.from({ length: 11 }, (_, n) =>
          at(leaf(w * 0.2, w * 0.075, green(n)), (n / 10 - 0.5) * w * 0.7, 8, (n - 5) * 15),
        ),
      ]),
    tree: () =>
      group([
        ellipse(0, -w * 1.07, w * 0.36, w * 0.32, { fill: roundLight("#4a7046") }),
        path(
          `M-13 10C-8 ${-w * 0.4} -14 ${-w * 0.7} -9 ${-w * 0.9}L9 ${-w * 0.9}C12 ${-w * 0.6} 8 ${-w * 0.3} 13 10Z`,
          { fill: roundLight("#8a6444") },
        ),
        ...Array.from({ length: 46 }, (_, n) => {
          const a = n * 2.4;
          const reach = w * 0.4 * Math.sqrt((n + 0.5) / 46);
          return at(
            leaf(w * 0.19, w * 0.07, green(n)),
            Math.cos(a) * reach,
            -w * 1.05 + Math.sin(a) * reach * 0.86,
            (Math.atan2(Math.cos(a), -Math.sin(a)) * 180) / Math.PI,
          );
        }),
        ...[
          [-0.2, -1.2],
          [0.18, -1.02],
          [0.04, -1.28],
          [-0.1, -0.92],
        ].map(([x = 0, y = 0]) => circle(w * x, w * y, w * 0.036, { fill: roundLight("#eda53c") })),
      ]),
  };
  return grown[plant]();
}
