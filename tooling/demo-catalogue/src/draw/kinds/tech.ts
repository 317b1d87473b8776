import { frontBox, panel, tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { ballLight, linearGradient, metalLight, radialGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, ellipse, group, line, mirror, move, path, rect, turn } from "../svg.ts";
import { crumbTexture, weaveTexture } from "../textures.ts";
import { disc, ring, turned, turnedOutline } from "../turned.ts";

const WOODS = new Set((["walnut", "oak", "beech", "ash", "cork"] as const).map(hexOf));

function earCup(w: number, h: number, hex: string, pad: string, side: number): Art {
  return group([
    rect(-w * 0.5 + side * 20, -h / 2 + 8, w * 0.8, h - 16, w * 0.36, {
      fill: linearGradient([
        [0, shade(pad, 0.1)],
        [0.5, pad],
        [1, shade(pad, 0.4)],
      ]),
    }),
    rect(-w * 0.42 - side * 26, -h / 2, w * 0.8, h, w * 0.4, {
      fill: linearGradient(
        [
          [0, tint(hex, 0.3)],
          [0.4, hex],
          [1, shade(hex, 0.3)],
        ],
        30,
      ),
    }),
    rect(-w * 0.28 - side * 26, -h * 0.36, w * 0.5, h * 0.72, w * 0.25, {
      stroke: alpha(tint(hex, 0.5), 0.4),
      width: 4,
    }),
  ]);
}

export const headphones: Kind<"headphones"> = {
  heightCm: ({ form }) => (form === "buds" ? 6 : 20),
  poses: ["angle", "open"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    if (form === "buds") return buds(w, h, hex, pose === "open");
    const r = w / 2;
    const angle = pose === "angle";
    const band = `M${-r * 0.78} ${-h * 0.42}C${-r * 0.96} ${-h * 1.14} ${r * 0.96} ${-h * 1.14} ${r * 0.78} ${-h * 0.42}`;
    const [cw, ch] = [w * 0.26, h * 0.46];
    if (angle) {
      const face = group([
        ellipse(0, -h * 0.24, w * 0.27, h * 0.27, {
          fill: linearGradient(
            [
              [0, tint(hex, 0.3)],
              [0.5, hex],
              [1, shade(hex, 0.3)],
            ],
            40,
          ),
        }),
        ellipse(6, -h * 0.24, w * 0.2, h * 0.2, {
          fill: radialGradient([
            [0, shade(second, 0.3)],
            [0.7, second],
            [1, tint(second, 0.2)],
          ]),
        }),
        ellipse(6, -h * 0.24, w * 0.13, h * 0.14, { fill: shade(second, 0.5) }),
        ellipse(6, -h * 0.24, w * 0.13, h * 0.14, { fill: weaveTexture("plain", "#333333", "#333333", 0.8) }),
      ]);
      return {
        stance: "stands",
        feet: [[0, 4, w * 0.36]],
        art: group([
          move(ellipse(0, -h * 0.24, w * 0.2, h * 0.26, { fill: shade(hex, 0.26) }), w * 0.3, -26),
          tube(
            `M${w * 0.34} ${-h * 0.42}C${w * 0.4} ${-h * 1.06} ${w * 0.02} ${-h * 1.06} ${-w * 0.14} ${-h * 0.46}`,
            40,
            hex,
          ),
          line(
            `M${w * 0.31} ${-h * 0.6}C${w * 0.3} ${-h * 0.98} ${w * 0.04} ${-h * 0.96} ${-w * 0.08} ${-h * 0.66}`,
            second,
            22,
          ),
          move(face, -w * 0.16, 10),
        ]),
      };
    }
    return {
      stance: "stands",
      feet: [
        [-r * 0.74, 0, cw * 0.44],
        [r * 0.74, 0, cw * 0.44],
      ],
      focus: [-r * 0.74, -h * 0.3],
      art: group([
        tube(band, 40, hex),
        line(
          `M${-r * 0.62} ${-h * 0.68}C${-r * 0.5} ${-h * 1.04} ${r * 0.5} ${-h * 1.04} ${r * 0.62} ${-h * 0.68}`,
          shade(second, 0.1),
          24,
        ),
        line(
          `M${-r * 0.5} ${-h * 0.82}C${-r * 0.3} ${-h * 0.98} ${r * 0.3} ${-h * 0.98} ${r * 0.5} ${-h * 0.82}`,
          tint(second, 0.2),
          8,
        ),
        ...[-1, 1].map((k) => rect(k * r * 0.79 - 12, -h * 0.56, 24, h * 0.2, 8, { fill: metalLight("#b9bdbf") })),
        move(earCup(cw, ch, hex, second, 1), -r * 0.72, -ch / 2),
        move(mirror(earCup(cw, ch, hex, second, 1)), r * 0.72, -ch / 2),
      ]),
    };
  },
};

function buds(w: number, h: number, hex: string, open: boolean): Piece {
  const ch = h * 0.66;
  const bud = (x: number, k: number) =>
    group([
      tube(`M${x} ${-ch - (open ? 26 : 0)}L${x + 4 * k} ${-ch * 0.62 - (open ? 26 : 0)}`, 34, tint(hex, 0.1)),
      circle(x - 8 * k, -ch - (open ? 40 : 14), 48, { fill: ballLight(hex) }),
      ellipse(x - 30 * k, -ch - (open ? 36 : 10), 22, 28, { fill: ballLight("#4a4b4d") }),
    ]);
  const lid = open
    ? path(roundedBox(-w / 2 + 8, -h * 1.24, w - 16, h * 0.52, [110, 110, 14, 14]), {
        fill: linearGradient(
          [
            [0, tint(hex, 0.1)],
            [0.7, shade(hex, 0.2)],
            [1, shade(hex, 0.34)],
          ],
          80,
        ),
      })
    : path(roundedBox(-w / 2, -h, w, h * 0.42, [130, 130, 4, 4]), {
        fill: linearGradient(
          [
            [0, tint(hex, 0.4)],
            [0.5, tint(hex, 0.05)],
            [1, shade(hex, 0.12)],
          ],
          50,
        ),
      });
  const base = group([
    path(roundedBox(-w / 2, -ch + 12, w, ch - 12, [6, 6, 130, 130]), {
      fill: linearGradient(
        [
          [0, tint(hex, 0.25)],
          [0.5, hex],
          [1, shade(hex, 0.25)],
        ],
        40,
      ),
    }),
    line(`M${-w / 2 + 8} ${-ch + 16}L${w / 2 - 8} ${-ch + 16}`, alpha(tint(hex, 0.8), 0.6), 5),
    circle(0, -ch * 0.54, 9, { fill: "#8bc3a0" }),
  ]);
  return {
    stance: "stands",
    feet: [[0, 0, w * 0.32]],
    art: group([
      open && lid,
      open && ellipse(0, -ch + 12, w * 0.48, 26, { fill: shade(hex, 0.5) }),
      open && bud(-w * 0.2, 1),
      open && bud(w * 0.2, -1),
      base,
      !open && lid,
      !open && line(`M${-w / 2 + 3} ${-h * 0.58}L${w / 2 - 3} ${-h * 0.58}`, alpha(shade(hex, 0.6), 0.6), 5),
    ]),
  };
}

const cone = (x: number, y: number, r: number): Art =>
  group([
    circle(x, y, r, {
      fill: linearGradient(
        [
          [0, "#6d6b69"],
          [1, "#1f1e1e"],
        ],
        60,
      ),
    }),
    circle(x, y, r * 0.9, {
      fill: radialGradient([
        [0, "#5b5a5b"],
        [0.5, "#3a393a"],
        [0.8, "#262526"],
        [1, "#454344"],
      ]),
    }),
    circle(x, y, r * 0.34, { fill: ballLight("#58585a") }),
  ]);

export const speaker: Kind<"speaker"> = {
  heightCm: ({ form }) => ({ box: 28, cylinder: 18, radio: 16 })[form],
  poses: ["angle"],
  draw({ form, drivers, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const r = w / 2;
    if (form === "cylinder") {
      const profile = [
        [r * 0.92, -h],
        [r, -h * 0.95],
        [r, -h * 0.05],
        [r * 0.92, 0],
      ] as const;
      return {
        stance: "stands",
        feet: [[0, 0, r * 0.94]],
        focus: [0, -h * 0.8],
        art: group([
          turned(profile, { hex, surface: "matte" }),
          path(turnedOutline(profile), { fill: weaveTexture("herringbone", hex, hex, 0.5) }),
          ring(profile, -h * 0.12, -h * 0.04, roundLight(shade(hex, 0.3))),
          ellipse(0, -h + 4, r * 0.9, r * 0.12, {
            fill: linearGradient(
              [
                [0, tint(hex, 0.3)],
                [1, shade(hex, 0.16)],
              ],
              20,
            ),
          }),
          ellipse(0, -h + 4, r * 0.52, r * 0.06, { stroke: second, width: 5 }),
          tube(
            `M${r * 0.94} ${-h * 0.84}C${r * 1.5} ${-h * 0.78} ${r * 1.4} ${-h * 0.5} ${r * 0.97} ${-h * 0.56}`,
            18,
            second,
          ),
          rect(-r * 0.2, -h * 0.5, r * 0.4, r * 0.14, 6, { fill: second }),
        ]),
      };
    }
    const wood = WOODS.has(hex);
    if (form === "box")
      return {
        stance: "stands",
        feet: [[0, 0, r * 0.96]],
        focus: [0, -h * 0.34],
        art: group([
          frontBox(-r, -h, w, h, 34, hex, wood ? "wood" : "paint"),
          rect(-r + 26, -h + 26, w - 52, h - 52, 10, {
            fill: linearGradient(
              [
                [0, tint(second, 0.16)],
                [1, shade(second, 0.2)],
              ],
              60,
            ),
          }),
          drivers === 2 && cone(0, -h * 0.75, r * 0.36),
          cone(0, -h * 0.35, r * 0.66),
          circle(r * 0.68, -h * 0.1, 11, { fill: "#c9a35a" }),
        ]),
      };
    const side = pose === "angle" ? 110 : 0;
    return {
      stance: "stands",
      feet: [[side * 0.4, 0, r * 0.94 + side * 0.4]],
      art: group([
        tube(
          `M${-r * 0.7 + side * 0.5} ${-h * 0.9}C${-r * 0.6 + side * 0.5} ${-h * 1.2} ${r * 0.6 + side * 0.5} ${-h * 1.2} ${r * 0.7 + side * 0.5} ${-h * 0.9}`,
          20,
          "#94532f",
        ),
        line(`M${r * 0.74} ${-h * 0.9}L${r * 0.98} ${-h * 1.5}`, "#b4b8ba", 7),
        side > 0 && path(roundedBox(-r + 20, -h - 14, w + side - 20, h, [50, 60, 60, 50]), { fill: shade(hex, 0.3) }),
        side > 0 && ellipse(r + side * 0.55, -h * 0.5, 24, 40, { fill: metalLight(second) }),
        panel(-r, -h, w, h, 56, hex, wood ? "wood" : "paint"),
        circle(-r * 0.48, -h * 0.5, h * 0.34, {
          fill: linearGradient(
            [
              [0, shade(hex, 0.3)],
              [1, tint(hex, 0.2)],
            ],
            50,
          ),
        }),
        circle(-r * 0.48, -h * 0.5, h * 0.31, { fill: mix(second, "#f4ead6", 0.5) }),
        circle(-r * 0.48, -h * 0.5, h * 0.31, { fill: weaveTexture("plain", "#bbbbbb", "#bbbbbb", 1.3) }),
        rect(r * 0.1, -h * 0.8, r * 0.74, h * 0.28, 16, {
          fill: linearGradient(
            [
              [0, "#fff8e6"],
              [1, "#e8d8b2"],
            ],
            60,
          ),
        }),
        ...Array.from({ length: 9 }, (_, n) =>
          line(
            `M${r * 0.18 + n * r * 0.072} ${-h * 0.74}L${r * 0.18 + n * r * 0.072} ${-h * (n % 2 ? 0.68 : 0.65)}`,
            "#6b5a3a",
            4,
          ),
        ),
        line(`M${r * 0.52} ${-h * 0.77}L${r * 0.52} ${-h * 0.56}`, "#d2503f", 6),
        ...[0.26, 0.66].map((k) =>
          group([
            circle(r * k, -h * 0.27, h * 0.11, { fill: metalLight(second) }),
            line(`M${r * k} ${-h * 0.36}L${r * k} ${-h * 0.29}`, shade(second, 0.5), 6),
          ]),
        ),
        ...[-0.7, 0.7].map((k) => rect(r * k - 28, -8, 56, 16, 6, { fill: "#4a443d" })),
      ]),
    };
  },
};

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

const squash = (art: Art): Art => ({ ...group([art]), attributes: { transform: "translate(0 -12) scale(1 0.72)" } });
