import type { Drawing } from "../../drawing-kinds.ts";
import { withDropShadow } from "../backdrop.ts";
import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { linearGradient } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, group, line, move, path, rect, turn } from "../svg.ts";
import { weaveTexture } from "../textures.ts";

function bookCover({ width: w, height: h, binding, band, accent }: Drawing<"notebook">, hex: string): Art {
  const second = hexOf(accent);
  const [x, y] = [-w / 2, -h / 2];
  const round: [number, number, number, number] = binding === "staple" ? [4, 22, 22, 4] : [6, 18, 18, 6];
  const rings =
    binding === "ring" &&
    group(
      Array.from({ length: 15 }, (_, n) => {
        const top = y + 34 + (n * (h - 68)) / 14;
        return group([
          circle(x + 26, top, 8, { fill: shade(hex, 0.6) }),
          tube(`M${x + 27} ${top}C${x - 6} ${top - 22} ${x - 26} ${top - 2} ${x - 4} ${top + 8}`, 7, second),
        ]);
      }),
    );
  return group([
    rect(x + 5, y + 5, w - 2, h - 2, 12, { fill: "#e5dac3" }),
    rect(x + 3, y + 3, w - 2, h - 2, 12, { fill: "#fbf6e9" }),
    path(roundedBox(x, y, w - 4, h - 4, round), {
      fill: linearGradient(
        [
          [0, tint(hex, 0.24)],
          [0.5, hex],
          [1, shade(hex, 0.18)],
        ],
        50,
      ),
    }),
    path(roundedBox(x, y, w - 4, h - 4, round), { fill: weaveTexture("plain", hex, hex, 0.7) }),
    binding === "thread" &&
      group([
        rect(x, y, w * 0.12, h - 4, 4, { fill: alpha(shade(hex, 0.5), 0.3) }),
        line(`M${x + w * 0.12} ${y}L${x + w * 0.12} ${y + h - 4}`, alpha(tint(hex, 0.6), 0.3), 3),
      ]),
    binding === "staple" &&
      group([
        line(`M${x + 3} ${y + 20}L${x + 3} ${y + h - 20}`, second, 9, { dash: "16 12" }),
        rect(x + w * 0.2, y + h * 0.16, w * 0.6, h * 0.17, 4, { fill: "#f8f2e2" }),
        line(
          `M${x + w * 0.3} ${y + h * 0.225}L${x + w * 0.7} ${y + h * 0.225}M${x + w * 0.36} ${y + h * 0.275}L${x + w * 0.64} ${y + h * 0.275}`,
          "#a99c84",
          5,
        ),
      ]),
    binding === "thread" &&
      rect(x + w * 0.34, y + h * 0.2, w * 0.38, h * 0.1, 3, { stroke: alpha(tint(hex, 0.7), 0.7), width: 4 }),
    band &&
      group([
        rect(x + w * 0.84, y - 3, 22, h + 4, 2, {
          fill: linearGradient([
            [0, shade(second, 0.12)],
            [0.4, tint(second, 0.1)],
            [1, shade(second, 0.25)],
          ]),
        }),
      ]),
    binding === "thread" &&
      path(
        `M${x + w * 0.3} ${y + h - 6}L${x + w * 0.3} ${y + h + 54}L${x + w * 0.33} ${y + h + 40}L${x + w * 0.36} ${y + h + 54}L${x + w * 0.36} ${y + h - 6}Z`,
        { fill: second },
      ),
    rings,
  ]);
}

function openBook({ width: w, height: h, binding, accent }: Drawing<"notebook">, hex: string): Piece {
  const page = (side: number) => {
    const d = `M0 ${-h / 2}Q${side * w * 0.3} ${-h / 2 - 26} ${side * w * 0.96} ${-h / 2}L${side * w * 0.96} ${h / 2}Q${side * w * 0.3} ${h / 2 - 26} 0 ${h / 2}Z`;
    return path(d, {
      fill: linearGradient(
        side < 0
          ? [
              [0, "#fffdf6"],
              [0.75, "#f6efdf"],
              [1, "#d8ccb3"],
            ]
          : [
              [0, "#d8ccb3"],
              [0.2, "#f8f2e4"],
              [1, "#fffdf6"],
            ],
      ),
    });
  };
  const rows = Array.from({ length: 11 }, (_, n) =>
    line(
      `M${w * 0.12} ${-h * 0.36 + n * h * 0.07}L${w * (n === 10 ? 0.5 : 0.84)} ${-h * 0.37 + n * h * 0.07}`,
      n < 6 ? "#59606b" : "#d9cfba",
      n < 6 ? 5 : 3,
      { dash: n < 6 ? "46 10 30 12 64 9 22 11" : undefined },
    ),
  );
  const sketch = group([
    line(
      `M${-w * 0.8} ${h * 0.2}C${-w * 0.6} ${h * 0.1} ${-w * 0.4} ${h * 0.24} ${-w * 0.14} ${h * 0.14}`,
      "#6b6257",
      5,
    ),
    line(
      `M${-w * 0.66} ${h * 0.14}C${-w * 0.74} ${-h * 0.1} ${-w * 0.5} ${-h * 0.3} ${-w * 0.46} ${-h * 0.06}C${-w * 0.36} ${-h * 0.26} ${-w * 0.2} ${-h * 0.1} ${-w * 0.3} ${h * 0.14}`,
      "#6b6257",
      5,
    ),
    circle(-w * 0.24, -h * 0.3, 34, { stroke: "#c8704a", width: 5 }),
  ]);
  const spine =
    binding === "ring"
      ? group(
          Array.from({ length: 13 }, (_, n) =>
            tube(
              `M-24 ${-h * 0.44 + n * h * 0.072}C-16 ${-h * 0.475 + n * h * 0.072} 16 ${-h * 0.475 + n * h * 0.072} 24 ${-h * 0.44 + n * h * 0.072}`,
              7,
              hexOf(accent),
            ),
          ),
        )
      : line(`M0 ${-h / 2}L0 ${h / 2}`, alpha("#8a7a5c", 0.5), 3);
  return {
    stance: "lies",
    art: turn(
      group([
        path(roundedBox(-w * 1.0, -h / 2 - 14, w * 2, h + 28, [18, 18, 18, 18]), { fill: hex }),
        page(-1),
        page(1),
        sketch,
        ...rows,
        spine,
      ]),
      -7,
    ),
  };
}

export const notebook: Kind<"notebook"> = {
  heightCm: () => 21,
  poses: ["open", "pile"],
  draw(drawing, { hex, pose }) {
    const { count, width: w } = drawing;
    if (pose === "open") return openBook(drawing, hex);
    const tones = [hex, tint(hex, 0.34), shade(hex, 0.24)];
    if (count === 1 && pose !== "pile")
      return { art: turn(bookCover(drawing, hex), -6), stance: "lies", focus: [-w * 0.3, -drawing.height * 0.2] };
    const spread =
      pose === "pile"
        ? [
            [0, 26],
            [22, 8],
            [-8, -12],
          ]
        : [
            [w * 0.34, 12],
            [0, 2],
            [-w * 0.34, -8],
          ];
    const covers = spread
      .slice(0, Math.max(count, pose === "pile" ? 3 : 1))
      .map(([x = 0, angle = 0], n) =>
        withDropShadow(move(turn(bookCover(drawing, tones[(n + 2) % 3] ?? hex), angle), x, 0), 12, 0.3),
      );
    return { art: group(covers.map((cover) => cover)), stance: "lies", focus: [-w * 0.3, 0] };
  },
};
