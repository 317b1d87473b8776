import type { Drawing } from "../../drawing-kinds.ts";
import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { type Art, circle, clip, ellipse, group, line, path, rect, turn } from "../svg.ts";
import { mouth, type Profile, ring, turned, turnedOutline } from "../turned.ts";

function wireBasket(w: number, h: number, hex: string, wood: string): Art {
  const r = w / 2;
  const wires = [-0.8, -0.55, -0.28, 0, 0.28, 0.55, 0.8].map((k) =>
    line(
      `M${r * k} ${-h + Math.sqrt(1 - k * k) * r * 0.16}C${r * k} ${-h * 0.5} ${r * k * 0.7} ${-h * 0.1} ${r * k * 0.5} 0`,
      hex,
      8,
    ),
  );
  const fruit = (
    [
      [-0.5, 0.76, "#d2503f"],
      [0.44, 0.8, "#dfa23c"],
      [-0.06, 0.92, "#7f9a4e"],
      [0.16, 0.6, "#e08a4a"],
      [-0.26, 0.5, "#dfa23c"],
    ] as const
  ).map(([x, y, tone]) =>
    group([
      circle(r * x, -h * y, r * 0.3, { fill: roundLight(tone, 0.4) }),
      line(`M${r * x} ${-h * y - r * 0.27}L${r * x + 6} ${-h * y - r * 0.38}`, "#6b4a2c", 7),
    ]),
  );
  return group([
    tube(`M${-r} ${-h}C${-r * 0.9} ${-h * 2.5} ${r * 0.9} ${-h * 2.5} ${r} ${-h}`, 13, hex),
    ellipse(0, -h, r, r * 0.16, { stroke: shade(hex, 0.2), width: 9 }),
    group(fruit),
    ...wires,
    ...[0.32, 0.64].map((k) =>
      line(
        `M${-r * (1 - k * 0.42)} ${-h * (1 - k)}C${-r * 0.5} ${-h * (1 - k) + r * 0.16} ${r * 0.5} ${-h * (1 - k) + r * 0.16} ${r * (1 - k * 0.42)} ${-h * (1 - k)}`,
        hex,
        7,
      ),
    ),
    line(`M${-r} ${-h}C${-r * 0.6} ${-h + r * 0.2} ${r * 0.6} ${-h + r * 0.2} ${r} ${-h}`, hex, 13),
    ellipse(0, 0, r * 0.52, r * 0.07, { stroke: hex, width: 10 }),
    rect(-r * 0.24, -h * 2.18, r * 0.48, 30, 15, { fill: roundLight(wood) }),
  ]);
}

function softBasket(
  { weave, handles, width: w, height: h, accent }: Drawing<"basket">,
  hex: string,
  open: boolean,
): Art {
  const r = w / 2;
  const profile: Profile =
    weave === "rope"
      ? [
          [r, -h, "corner"],
          [r * 1.02, -h * 0.5],
          [r * 0.92, 0],
        ]
      : [
          [r, -h * 0.88, "corner"],
          [r * 0.88, -h * 0.4],
          [r * 0.82, 0],
        ];
  const top = profile[0]?.[1] ?? -h;
  const rows = Math.round(h / (weave === "rope" ? 30 : 24));
  const courses = Array.from({ length: rows }, (_, n) => {
    const y = top + ((0 - top) * (n + 0.5)) / rows;
    const wide = r * 1.04;
    const d = `M${-wide} ${y}C${-wide * 0.6} ${y + wide * 0.17} ${wide * 0.6} ${y + wide * 0.17} ${wide} ${y}`;
    return group([
      line(d, alpha(shade(hex, 0.6), 0.28), 6),
      line(d, alpha(tint(hex, 0.6), 0.4), weave === "rope" ? 12 : 9, { dash: n % 2 ? "22 12" : "10 24" }),
    ]);
  });
  const stripe = weave === "rope" ? ring(profile, top + h * 0.5, -h * 0.02, roundLight(hexOf(accent))) : undefined;
  const ears =
    handles === "ears" &&
    group(
      [-1, 1].map((side) =>
        tube(
          `M${side * r * 0.98} ${top + 34}C${side * r * 1.24} ${top + 20} ${side * r * 1.22} ${top + 120} ${side * r * 0.95} ${top + 110}`,
          18,
          shade(hex, 0.1),
        ),
      ),
    );
  const lid = group([
    turned(
      [
        [r * 0.2, -h],
        [r * 0.9, -h * 0.93],
        [r * 1.03, -h * 0.885, "corner"],
        [r * 1.03, -h * 0.86],
      ],
      { hex: tint(hex, 0.06), surface: "matte" },
    ),
    tube(`M-44 ${-h * 0.985}C-40 ${-h * 1.07} 40 ${-h * 1.07} 44 ${-h * 0.985}`, 14, shade(hex, 0.2)),
    ...[0.2, 0.45, 0.7].map((k) =>
      line(
        `M${-r * (0.4 + k)} ${-h * (1 - k * 0.13)}C${-r * 0.4} ${-h * (1 - k * 0.13) + 40} ${r * 0.4} ${-h * (1 - k * 0.13) + 40} ${r * (0.4 + k)} ${-h * (1 - k * 0.13)}`,
        alpha(shade(hex, 0.5), 0.3),
        4,
      ),
    ),
  ]);
  const linen = group([
    turned(
      [
        [r * 0.93, top - 30],
        [r * 1.05, top],
        [r * 1.03, top + 70],
      ],
      { hex: "#f1ece2", surface: "matte" },
    ),
    path(
      `M${-r * 0.6} ${top - 16}C${-r * 0.5} ${top - 130} ${-r * 0.1} ${top - 96} 0 ${top - 120}C${r * 0.2} ${top - 150} ${r * 0.5} ${top - 120} ${r * 0.66} ${top - 10}Z`,
      {
        fill: linearGradient(
          [
            [0, "#a9c8dc"],
            [1, "#6f97b3"],
          ],
          60,
        ),
      },
    ),
    ellipse(0, top - 18, r * 0.93, r * 0.1, { stroke: "#dcd3c2", width: 6 }),
  ]);
  return group([
    ears,
    mouth(r, top, shade(hex, 0.1), 0.08, shade(hex, 0.3)),
    turned(profile, { hex, surface: "matte" }),
    stripe,
    clip(path(turnedOutline(profile), { fill: "#000" }), courses),
    weave === "willow" && (open ? linen : lid),
  ]);
}

export const basket: Kind<"basket"> = {
  heightCm: ({ height, weave }) => (weave === "wire" ? 26 : height / 11),
  poses: ["open", "above"],
  draw(drawing, { hex, pose }) {
    const { width: w, height: h, weave, accent } = drawing;
    if (weave !== "wire")
      return {
        art: softBasket(drawing, hex, pose === "open"),
        stance: "stands",
        feet: [[0, 0, w * 0.44]],
        focus: [0, -h * 0.5],
      };
    if (pose !== "above")
      return { art: wireBasket(w, h, hex, hexOf(accent)), stance: "stands", feet: [[0, 0, w * 0.28]] };
    const r = w / 2;
    const spokes = Array.from({ length: 14 }, (_, n) => turn(line(`M0 ${-r * 0.26}L0 ${-r}`, hex, 7), (n * 360) / 14));
    const fruit = (["#d2503f", "#dfa23c", "#7f9a4e", "#e08a4a", "#c3412f", "#efc35e"] as const).map((tone, n) => {
      const [x, y] = n === 5 ? [0, 0] : [Math.cos(n * 1.2566) * r * 0.52, Math.sin(n * 1.2566) * r * 0.52];
      return group([
        circle(x + 5, y + 8, r * 0.29, { fill: alpha("#3a2414", 0.3) }),
        circle(x, y, r * 0.28, {
          fill: linearGradient(
            [
              [0, tint(tone, 0.4)],
              [0.5, tone],
              [1, shade(tone, 0.25)],
            ],
            50,
          ),
        }),
        circle(x, y, 6, { fill: "#5a3f22" }),
      ]);
    });
    return {
      art: group([
        circle(0, 0, r * 0.26, { stroke: hex, width: 8 }),
        ...spokes,
        circle(0, 0, r * 0.66, { stroke: hex, width: 7 }),
        ...fruit,
        circle(0, 0, r, { stroke: shade(hex, 0.25), width: 18 }),
        circle(-1, -2, r, { stroke: hex, width: 12 }),
        line(`M${-r} 0L${r} 0`, hex, 13),
        rect(-r * 0.26, -17, r * 0.52, 34, 17, { fill: roundLight(hexOf(accent)) }),
      ]),
      stance: "lies",
    };
  },
};
