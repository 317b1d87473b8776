import type { Drawing } from "../../drawing-kinds.ts";
import { cuboid, frontBox, leg, panel, tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { linearGradient, metalLight, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { planOf } from "../plans.ts";
import { type Art, circle, clip, ellipse, group, line, path, rect, turn } from "../svg.ts";
import { crumbTexture, grainTexture, weaveTexture } from "../textures.ts";
import { disc, glassMouth, mouth, type Profile, ring, rod, turned, turnedOutline } from "../turned.ts";

/** Pasta, fruit in syrup: what a glass jar shows of itself. */
function jarFilling(fill: "half" | "full", r: number, h: number): Art {
  const top = fill === "half" ? -h * 0.46 : -h * 0.72;
  const body: Profile = [
    [r * 0.93, top, "corner"],
    [r * 0.93, -12],
    [r * 0.86, -4],
  ];
  const tones = fill === "half" ? ["#e8c986", "#d9b264", "#f0d9a2"] : ["#eda55c", "#e28a3c", "#f6c489"];
  const bits = Array.from({ length: fill === "half" ? 70 : 20 }, (_, n) => {
    const x = (((n * 61) % 97) / 97 - 0.5) * r * 1.8;
    const y = top + 8 + (((n * 37) % 89) / 89) * (-top - 12);
    const size: [number, number] = fill === "half" ? [r * 0.12, r * 0.045] : [r * 0.25, r * 0.23];
    return turn(
      ellipse(x, y, ...size, { fill: tones[n % 3], stroke: alpha("#7a4a18", 0.3), width: 2 }),
      (n * 53) % 180,
      x,
      y,
    );
  });
  return group([
    turned(body, { hex: tones[1] ?? "#d9b264", surface: "matte" }),
    clip(path(turnedOutline(body), { fill: "#000" }), bits),
    ellipse(0, top, r * 0.93, r * 0.1, { fill: tones[2] }),
  ]);
}

export const jar: Kind<"jar"> = {
  heightCm: ({ height, lid }) => (lid === "cork" ? 9 : height / 26),
  poses: ["above"],
  draw({ lid, surface, fill, width: w, height: h, accent }, { hex, pose }) {
    const r = w / 2;
    const second = hexOf(accent);
    const body = lid === "flat" || lid === "cork" ? h * 0.86 : h * 0.8;
    if (pose === "above") return saltPlan(r, hex, second);
    const squat = lid === "cork";
    const neck: Profile[number][] =
      lid === "clip"
        ? [
            [r * 0.74, -body],
            [r * 0.78, -body * 0.95],
            [r, -body * 0.84],
          ]
        : squat
          ? [
              [r * 0.74, -body, "corner"],
              [r * 0.96, -body * 0.6],
              [r, -body * 0.3],
            ]
          : [[r, -body, "corner"]];
    const profile: Profile = [...neck, [r, -h * 0.05], [r * 0.93, 0]];
    const top = profile[0]?.[0] ?? r;
    const lids: Record<typeof lid, Art> = {
      flat: group([disc(top * 1.03, -h, h - body + 8, { hex: second, surface: "wood" })]),
      knob: group([
        turned(
          [
            [top * 0.2, -body - h * 0.1],
            [top * 0.94, -body - h * 0.055],
            [top * 1.04, -body, "corner"],
            [top * 1.04, -body + 16],
          ],
          { hex, surface },
        ),
        turned(
          [
            [16, -h],
            [30, -h * 0.965],
            [12, -h * 0.9],
          ],
          { hex: second, surface: "metal" },
        ),
      ]),
      cork: group([
        turned(
          [
            [top * 0.9, -h, "corner"],
            [top * 0.86, -body + 6],
          ],
          { hex: second, surface: "matte" },
        ),
        ellipse(0, -h, top * 0.9, top * 0.12, { fill: tint(second, 0.25) }),
        ellipse(0, -h, top * 0.9, top * 0.12, { fill: crumbTexture(second) }),
      ]),
      clip: group([
        ring(
          [
            [top * 1.1, -body - 8],
            [top * 1.1, -body + 16],
          ],
          -body,
          -body + 20,
          roundLight(second),
        ),
        turned(
          [
            [top * 0.5, -h],
            [top * 0.96, -h * 0.95],
            [top * 1.1, -body - h * 0.02, "corner"],
            [top * 1.1, -body],
          ],
          { hex, surface: "glass" },
        ),
        tube(
          `M${top * 0.5} ${-h * 0.97}L${top * 1.16} ${-body - 10}L${top * 1.16} ${-body * 0.78}L${top * 1.02} ${-body * 0.7}`,
          9,
          "#b4b8ba",
        ),
        tube(`M${-top * 1.14} ${-body - 16}L${-top * 1.14} ${-body * 0.92}`, 9, "#b4b8ba"),
      ]),
    };
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.96]],
      focus: [0, -body],
      art: group([
        fill !== "none" && jarFilling(fill, r, body),
        turned(profile, { hex, surface: surface === "metal" ? "glazed" : surface }),
        surface === "glass" && lid === "flat" && glassMouth(r, -body, hex),
        surface === "metal" && ring(profile, -h * 0.52, -h * 0.24, "#f6efdf"),
        surface === "metal" &&
          line(
            `M${-r * 0.4} ${-h * 0.32}L${r * 0.4} ${-h * 0.32}M${-r * 0.25} ${-h * 0.25}L${r * 0.25} ${-h * 0.25}`,
            shade(hex, 0.2),
            8,
          ),
        lids[lid],
      ]),
    };
  },
};

function saltPlan(r: number, hex: string, cork: string): Piece {
  const plan = planOf(r * 0.86, { hex, surface: "matte" }, "salt");
  const lid = group([
    circle(r * 0.8, r * 0.86, r * 0.62, {
      fill: linearGradient(
        [
          [0, tint(cork, 0.3)],
          [1, shade(cork, 0.12)],
        ],
        50,
      ),
    }),
    circle(r * 0.8, r * 0.86, r * 0.62, { fill: crumbTexture(cork) }),
  ]);
  return { ...plan, art: group([plan.art, lid]) };
}

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

export const bottle: Kind<"bottle"> = {
  heightCm: ({ height, top }) => ({ pourer: 24, pump: 18, screw: 7.5, loop: 26, cork: height / 24 })[top],
  poses: [],
  draw({ top, surface, width: w, height: h, accent }, { hex }) {
    const r = w / 2;
    const second = hexOf(accent);
    const shapes: Record<typeof top, Profile> = {
      pourer: [
        [r * 0.26, -h * 0.86, "corner"],
        [r * 0.3, -h * 0.7],
        [r * 0.9, -h * 0.54],
        [r, -h * 0.4],
        [r, -h * 0.04],
        [r * 0.92, 0],
      ],
      cork: [
        [r * 0.3, -h * 0.9, "corner"],
        [r * 0.34, -h * 0.7],
        [r, -h * 0.48],
        [r, 0],
      ],
      pump: [
        [r * 0.4, -h * 0.72, "corner"],
        [r * 0.9, -h * 0.66],
        [r, -h * 0.56],
        [r, -h * 0.05],
        [r * 0.92, 0],
      ],
      screw: [
        [r * 0.46, -h * 0.72, "corner"],
        [r * 0.5, -h * 0.66],
        [r * 0.94, -h * 0.56],
        [r, -h * 0.46],
        [r, -h * 0.05],
        [r * 0.92, 0],
      ],
      loop: [
        [r * 0.7, -h * 0.84],
        [r * 0.94, -h * 0.78],
        [r, -h * 0.7],
        [r, -h * 0.04],
        [r * 0.9, 0],
      ],
    };
    const profile = shapes[top];
    const steel = { hex: second, surface: "metal" as const };
    const tops: Record<typeof top, Art> = {
      pourer: group([
        turned(
          [
            [r * 0.3, -h * 0.9, "corner"],
            [r * 0.28, -h * 0.84],
          ],
          { hex: "#c39a6b", surface: "matte" },
        ),
        tube(`M0 ${-h * 0.9}C0 ${-h * 0.97} ${r * 0.1} ${-h * 0.98} ${r * 0.34} ${-h}`, 16, second),
      ]),
      cork: turned(
        [
          [r * 0.3, -h, "corner"],
          [r * 0.27, -h * 0.88],
        ],
        { hex: second, surface: "matte" },
      ),
      pump: group([
        rod(r * 0.1, -h * 0.92, h * 0.2, steel),
        turned(
          [
            [r * 0.46, -h * 0.78, "corner"],
            [r * 0.46, -h * 0.7],
          ],
          steel,
        ),
        tube(`M${r * 0.14} ${-h * 0.95}L${-r * 0.76} ${-h * 0.95}L${-r * 0.84} ${-h * 0.9}`, 26, second),
        turned(
          [
            [r * 0.22, -h, "corner"],
            [r * 0.22, -h * 0.92],
          ],
          steel,
        ),
      ]),
      screw: group([
        turned(
          [
            [r * 0.56, -h, "corner"],
            [r * 0.58, -h * 0.74],
          ],
          { hex: second, surface: "ribbed" },
        ),
        ellipse(0, -h, r * 0.56, r * 0.08, { fill: tint(second, 0.3) }),
      ]),
      loop: group([
        turned(
          [
            [r * 0.66, -h * 0.94, "corner"],
            [r * 0.7, -h * 0.84],
          ],
          { hex: second, surface: "ribbed" },
        ),
        tube(
          `M${-r * 0.4} ${-h * 0.92}C${-r * 0.5} ${-h * 1.02} ${r * 0.5} ${-h * 1.02} ${r * 0.4} ${-h * 0.92}`,
          20,
          second,
        ),
      ]),
    };
    const ink =
      top === "screw" &&
      turned(
        [
          [r * 0.93, -h * 0.42, "corner"],
          [r * 0.93, -h * 0.06],
          [r * 0.86, -h * 0.02],
        ],
        { hex: shade(hex, 0.1), surface: "matte" },
      );
    const label =
      top === "screw" &&
      group([
        rect(-r * 0.56, -h * 0.37, r * 1.12, h * 0.24, 5, { fill: "#f7f1e2" }),
        line(
          `M${-r * 0.34} ${-h * 0.28}L${r * 0.34} ${-h * 0.28}M${-r * 0.2} ${-h * 0.21}L${r * 0.2} ${-h * 0.21}`,
          mix(hex, "#000000", 0.2),
          6,
        ),
      ]);
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.96]],
      focus: [0, -h * 0.68],
      art: group([
        ink,
        turned(profile, {
          hex: top === "screw" ? mix(hex, "#dbe8e6", 0.55) : hex,
          surface: surface === "metal" ? "matte" : surface,
        }),
        label,
        surface === "metal" &&
          line(`M${-r * 0.62} ${-h * 0.7}L${-r * 0.62} ${-h * 0.1}`, alpha("#ffffff", 0.35), r * 0.13),
        surface === "metal" && ring(profile, -h * 0.05, -h * 0.0, metalLight("#b9bdbf")),
        tops[top],
      ]),
    };
  },
};
