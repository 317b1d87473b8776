import type { Drawing } from "../../drawing-kinds.ts";
import { withDropShadow } from "../backdrop.ts";
import { tube } from "../blocks.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { polygon, roundedBox } from "../curves.ts";
import { linearGradient, metalLight, metalPlane, radialGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, group, line, mirror, move, path, rect, turn } from "../svg.ts";
import { weaveTexture } from "../textures.ts";

const _paperLight = linearGradient(
  [
    [0, "#fffdf6"],
    [0.6, "#f8f2e4"],
    [1, "#e9dfca"],
  ],
  40,
);

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

export const scissors: Kind<"scissors"> = {
  heightCm: () => 21,
  poses: [],
  draw({ blades, width: w, height: h, accent }, { hex }) {
    const steel = hexOf(accent);
    if (blades === "bypass") {
      const handle = (side: number) =>
        group([
          line(
            `M${side * 8} ${-h * 0.02}C${side * w * 0.42} ${h * 0.1} ${side * w * 0.44} ${h * 0.3} ${side * w * 0.3} ${h * 0.5}`,
            shade(hex, 0.3),
            52,
          ),
          line(
            `M${side * 8} ${-h * 0.02}C${side * w * 0.42} ${h * 0.1} ${side * w * 0.44} ${h * 0.3} ${side * w * 0.3} ${h * 0.5}`,
            hex,
            44,
          ),
          line(
            `M${side * 10 - 8} ${h * 0.02}C${side * w * 0.38 - 8} ${h * 0.12} ${side * w * 0.4 - 8} ${h * 0.3} ${side * w * 0.28 - 8} ${h * 0.46}`,
            alpha(tint(hex, 0.7), 0.5),
            10,
          ),
        ]);
      const blade = path(
        `M-26 ${h * 0.02}C-70 ${-h * 0.14} -66 ${-h * 0.34} 14 ${-h * 0.46}C50 ${-h * 0.3} 44 ${-h * 0.12} 24 ${h * 0.02}Z`,
        { fill: metalPlane(steel, 20) },
      );
      const hook = path(
        `M-20 ${h * 0.03}L26 ${h * 0.03}C44 ${-h * 0.1} 92 ${-h * 0.2} 84 ${-h * 0.38}C110 ${-h * 0.26} 106 ${-h * 0.08} 50 ${h * 0.04}Z`,
        { fill: metalPlane(shade(steel, 0.2), 20) },
      );
      return {
        stance: "lies",
        focus: [10, -h * 0.14],
        art: turn(
          group([
            hook,
            handle(1),
            tube(`M-26 ${h * 0.1}L26 ${h * 0.14}L-26 ${h * 0.18}L26 ${h * 0.22}`, 8, "#9a9d9f"),
            handle(-1),
            blade,
            circle(0, 0, 26, { fill: metalLight(steel) }),
            circle(0, 0, 10, { fill: shade(steel, 0.5) }),
          ]),
          24,
        ),
      };
    }
    const half = (tone: number) =>
      group([
        path(`M-20 0L22 0C26 ${-h * 0.2} 20 ${-h * 0.44} 6 ${-h * 0.56}C-10 ${-h * 0.4} -22 ${-h * 0.2} -20 0Z`, {
          fill: metalPlane(shade(steel, tone), 10),
        }),
        line(`M2 ${-h * 0.5}L10 ${-h * 0.04}`, alpha("#ffffff", 0.5), 3),
        tube(`M0 -10C-4 ${h * 0.08} -14 ${h * 0.12} -22 ${h * 0.16}`, 30, hex),
        circle(-60, h * 0.28, w * 0.24, { stroke: shade(hex, 0.3), width: 32 }),
        circle(-62, h * 0.278, w * 0.24, { stroke: hex, width: 24 }),
        circle(-64, h * 0.275, w * 0.25, { stroke: alpha(tint(hex, 0.7), 0.4), width: 6 }),
      ]);
    return {
      stance: "lies",
      focus: [0, -h * 0.05],
      art: turn(
        group([
          turn(mirror(half(0.14)), -13),
          turn(half(0), 13),
          circle(0, 0, 17, { fill: metalLight("#b9a26a") }),
          line("M-9 -5L9 5", "#6b5a30", 4),
        ]),
        26,
      ),
    };
  },
};

export const bookends: Kind<"bookends"> = {
  heightCm: () => 17,
  poses: ["angle"],
  draw({ shape, width: w, height: h, accent }, { hex, pose }) {
    const angle = pose === "angle";
    const second = hexOf(accent);
    const ew = w * 0.22;
    const thick = angle ? 46 : 0;
    const arch = (x: number, flip: number) => {
      const outer = `M${x - ew / 2} 0L${x - ew / 2} ${-h * 0.64}C${x - ew / 2} ${-h * 1.12} ${x + ew / 2} ${-h * 1.12} ${x + ew / 2} ${-h * 0.64}L${x + ew / 2} 0L${x + ew * 0.2} 0L${x + ew * 0.2} ${-h * 0.6}C${x + ew * 0.2} ${-h * 0.74} ${x - ew * 0.2} ${-h * 0.74} ${x - ew * 0.2} ${-h * 0.6}L${x - ew * 0.2} 0Z`;
      const l = `M${x - (flip * ew) / 2} 0L${x - (flip * ew) / 2} -24L${x + flip * ew * 0.24} -24L${x + flip * ew * 0.24} ${-h}L${x + (flip * ew) / 2} ${-h}L${x + (flip * ew) / 2} 0Z`;
      const d = shape === "arch" ? outer : l;
      return group([
        thick > 0 && move(path(d, { fill: shade(hex, 0.36) }), thick, -thick * 0.3),
        path(d, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.3)],
              [0.5, hex],
              [1, shade(hex, 0.24)],
            ],
            40,
          ),
        }),
        path(d, { stroke: alpha(tint(hex, 0.6), 0.5), width: 3 }),
      ]);
    };
    const tones = [second, "#f1ece2", "#2f5646", "#dfa23c", "#5f8fae", "#e8bfb0", "#41464a"];
    let x = -w * 0.27;
    const row = tones.slice(0, angle ? 5 : 7).map((tone, n) => {
      const bw = w * ([0.08, 0.06, 0.1, 0.055, 0.075, 0.06, 0.07][n] ?? 0.07) * (angle ? 1.25 : 1);
      const bh = h * ([0.84, 0.94, 0.78, 0.88, 0.72, 0.9, 0.8][n] ?? 0.8);
      const book = group([
        angle &&
          path(
            polygon([
              [x, -bh],
              [x + thick, -bh - thick * 0.3],
              [x + bw + thick, -bh - thick * 0.3],
              [x + bw, -bh],
            ]),
            { fill: "#f3ead6" },
          ),
        rect(x, -bh, bw, bh, 3, { fill: roundLight(tone, 0.24) }),
        line(
          `M${x + 4} ${-bh * 0.84}L${x + bw - 4} ${-bh * 0.84}M${x + 4} ${-bh * 0.18}L${x + bw - 4} ${-bh * 0.18}`,
          alpha(tint(tone, 0.8), 0.7),
          4,
          { cap: "butt" },
        ),
      ]);
      x += bw + 2;
      return book;
    });
    return {
      stance: "stands",
      feet: [[0, 0, w * 0.46]],
      art: group([arch(-w * 0.39, 1), ...row, arch(Math.max(x + ew * 0.52, angle ? 0 : w * 0.39), -1)]),
    };
  },
};
