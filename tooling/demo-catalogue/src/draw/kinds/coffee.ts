import { tube } from "../blocks.ts";
import { alpha, hexOf, mix, shade, tint } from "../colour.ts";
import { linearGradient, metalLight, roundLight } from "../light.ts";
import type { Kind } from "../piece.ts";
import { circle, ellipse, group, line, move, path, rect } from "../svg.ts";
import { disc, mouth, type Profile, ring, rod, TILT, turned } from "../turned.ts";

export const teapot: Kind<"teapot"> = {
  heightCm: ({ height }) => height / 28,
  poses: [],
  draw({ spout, handle, surface, width: w, height: h, accent }, { hex }) {
    const r = w * 0.36;
    const second = hexOf(accent);
    const tall: Profile = [
      [r * 0.52, -h * 0.8, "corner"],
      [r * 0.86, -h * 0.42],
      [r, -h * 0.1],
      [r * 0.96, 0],
    ];
    const round: Profile = [
      [r * 0.5, -h * 0.78],
      [r * 0.92, -h * 0.62],
      [r, -h * 0.38],
      [r * 0.84, -h * 0.1],
      [r * 0.6, 0],
    ];
    const gooseneck = spout === "gooseneck";
    const profile = gooseneck ? tall : round;
    const pour = gooseneck
      ? tube(
          `M${-r * 0.9} ${-h * 0.16}C${-r * 1.5} ${-h * 0.14} ${-r * 1.2} ${-h * 0.7} ${-r * 1.5} ${-h * 0.8}C${-r * 1.56} ${-h * 0.83} ${-r * 1.66} ${-h * 0.82} ${-r * 1.72} ${-h * 0.8}`,
          22,
          hex,
        )
      : path(
          `M${-r * 0.84} ${-h * 0.34}C${-r * 1.3} ${-h * 0.38} ${-r * 1.3} ${-h * 0.62} ${-r * 1.56} ${-h * 0.74}L${-r * 1.4} ${-h * 0.78}C${-r * 1.16} ${-h * 0.72} ${-r * 1.1} ${-h * 0.62} ${-r * 0.8} ${-h * 0.6}Z`,
          {
            fill: linearGradient(
              [
                [0, tint(hex, 0.3)],
                [1, shade(hex, 0.14)],
              ],
              70,
            ),
          },
        );
    const grip =
      handle === "side"
        ? tube(
            gooseneck
              ? `M${r * 0.56} ${-h * 0.76}C${r * 1.7} ${-h * 0.92} ${r * 1.66} ${-h * 0.3} ${r * 1.2} ${-h * 0.22}`
              : `M${r * 0.8} ${-h * 0.66}C${r * 1.7} ${-h * 0.74} ${r * 1.6} ${-h * 0.08} ${r * 0.86} ${-h * 0.22}`,
            27,
            gooseneck ? second : hex,
          )
        : tube(
            `M${-r * 0.8} ${-h * 0.64}C${-r * 0.8} ${-h * 1.3} ${r * 0.8} ${-h * 1.3} ${r * 0.8} ${-h * 0.64}`,
            22,
            second,
          );
    const top = profile[0]?.[0] ?? r;
    return {
      stance: "stands",
      feet: [[0, 0, (profile.at(-1)?.[0] ?? r) * 0.98]],
      focus: [-r * 0.3, -h * 0.6],
      art: group([
        grip,
        pour,
        turned(profile, { hex, surface }),
        turned(
          [
            [top * 0.3, -h * 0.9],
            [top * 0.8, -h * 0.85],
            [top * 1.04, -h * 0.785, "corner"],
            [top * 1.04, -h * 0.765],
          ],
          { hex: tint(hex, 0.05), surface },
        ),
        turned(
          [
            [10, -h],
            [24, -h * 0.965],
            [14, -h * 0.9],
          ],
          { hex: gooseneck ? second : hex, surface: gooseneck ? "wood" : "glazed" },
        ),
      ]),
    };
  },
};

export const dripper: Kind<"dripper"> = {
  heightCm: ({ height }) => height / 23,
  poses: [],
  draw({ server, surface, width: w, height: h, accent }, { hex }) {
    const r = w / 2;
    const base = server === "none" ? 0 : -h * 0.52;
    const coneTop = server === "none" ? -h : base - h * 0.42;
    const cone: Profile = [
      [r * 0.9, coneTop, "corner"],
      [r * 0.42, base - h * 0.06, "corner"],
      [r * 0.42, base - h * 0.04],
    ];
    const carafe =
      server === "carafe" &&
      group([
        turned(
          [
            [r * 0.8, -h * 0.2, "corner"],
            [r * 0.95, -h * 0.06],
            [r * 0.8, -8],
          ],
          { hex: "#54321f", surface: "matte" },
        ),
        ellipse(0, -h * 0.2, r * 0.82, r * 0.1, { fill: "#8a5a3a" }),
        turned(
          [
            [r * 0.42, -h * 0.52, "corner"],
            [r * 0.4, -h * 0.46],
            [r * 0.86, -h * 0.26],
            [r, -h * 0.12],
            [r * 0.84, 0],
          ],
          { hex: "#dbe8e6", surface: "glass" },
        ),
        ring(
          [
            [r * 0.42, -h * 0.5],
            [r * 0.42, -h * 0.42],
          ],
          -h * 0.5,
          -h * 0.43,
          roundLight(hexOf(accent)),
        ),
      ]);
    const mugUnder =
      server === "mug" &&
      turned(
        [
          [r * 0.7, -h * 0.48, "corner"],
          [r * 0.66, 0],
        ],
        { hex: tint(hex, 0.2), surface: "glazed" },
      );
    return {
      stance: "stands",
      feet: [[0, 0, r * 0.8]],
      focus: [0, coneTop * 0.8],
      art: group([
        carafe,
        mugUnder,
        tube(
          `M${r * 0.72} ${coneTop + h * 0.06}C${r * 1.36} ${coneTop + h * 0.02} ${r * 1.1} ${base - h * 0.12} ${r * 0.56} ${base - h * 0.14}`,
          22,
          hex,
        ),
        path(
          `M${-r * 0.72} ${coneTop + 4}L${-r * 0.8} ${coneTop - h * 0.05}L${r * 0.8} ${coneTop - h * 0.05}L${r * 0.72} ${coneTop + 4}Z`,
          {
            fill: linearGradient([
              [0, "#fffdf6"],
              [1, "#e4dac6"],
            ]),
          },
        ),
        mouth(r * 0.9, coneTop, hex, 0.07, hex),
        ellipse(0, coneTop + 6, r * 0.7, r * 0.07, { fill: "#3f281b" }),
        turned(cone, { hex, surface }),
        disc(r * 0.72, base - h * 0.045, h * 0.03, { hex, surface: "glazed" }),
      ]),
    };
  },
};

export const frenchPress: Kind<"french-press"> = {
  heightCm: () => 24,
  poses: [],
  draw({ frame, width: w, height: h, accent }, { hex }) {
    const r = w * 0.42;
    const metal = hexOf(accent);
    const body: Profile = [
      [r, -h * 0.74, "corner"],
      [r, -h * 0.06],
      [r * 0.96, 0],
    ];
    return {
      stance: "stands",
      feet: [[0, 0, r]],
      focus: [r * 0.2, -h * 0.72],
      art: group([
        tube(`M${r} ${-h * 0.66}C${r * 1.7} ${-h * 0.7} ${r * 1.7} ${-h * 0.12} ${r} ${-h * 0.16}`, 24, "#6b4a34"),
        rod(5, -h * 0.92, h * 0.5, { hex: "#c3c7c9", surface: "metal" }),
        turned(
          [
            [r * 0.94, -h * 0.5, "corner"],
            [r * 0.94, -12],
          ],
          { hex: "#4a2c1b", surface: "matte" },
        ),
        ellipse(0, -h * 0.5, r * 0.94, r * TILT, {
          fill: linearGradient([
            [0, "#8a5a36"],
            [1, "#c79a62"],
          ]),
        }),
        turned(body, { hex, surface: "glass" }),
        ...(frame === "bands" ? [0.1, 0.62] : [0.05, 0.2, 0.35, 0.5, 0.65]).map((k) =>
          ring(body, -h * k - 16, -h * k, metalLight(metal)),
        ),
        ...[-0.72, 0.72].map((x) => rect(r * x - 7, -h * 0.66, 14, h * 0.66, 4, { fill: metalLight(metal) })),
        turned(
          [
            [r * 0.34, -h * 0.83],
            [r * 0.9, -h * 0.79],
            [r * 1.05, -h * 0.745, "corner"],
            [r * 1.05, -h * 0.72],
          ],
          { hex: metal, surface: "metal" },
        ),
        circle(0, -h * 0.95, r * 0.16, { fill: roundLight("#6b4a34") }),
      ]),
    };
  },
};

export const mill: Kind<"mill"> = {
  heightCm: ({ height }) => height / 29,
  poses: [],
  draw({ crank, profile, width: w, height: h, accent }, { hex }) {
    const r = w / 2;
    const second = hexOf(accent);
    const wood = hex === hexOf("ash") || hex === hexOf("beech") || hex === hexOf("oak") || hex === hexOf("walnut");
    const skin = { hex, surface: wood ? ("wood" as const) : ("matte" as const) };
    const waisted: Profile = [
      [r * 0.62, -h * 0.7],
      [r * 0.5, -h * 0.58],
      [r * 0.56, -h * 0.44],
      [r * 0.9, -h * 0.16],
      [r, -h * 0.06],
      [r, 0],
    ];
    const straight: Profile = [
      [r, -h * 0.72, "corner"],
      [r, -h * 0.04],
      [r * 0.94, 0],
    ];
    const knob = turned(
      [
        [20, -h * 1.05],
        [27, -h * 0.98],
        [17, -h * 0.9],
      ],
      { hex: second, surface: "wood" },
    );
    const handle = group([
      rod(6, -h * 0.86, h * 0.12, { hex: "#c3c7c9", surface: "metal" }),
      tube(`M0 ${-h * 0.86}L${w * 0.86} ${-h * 0.9}`, 14, "#b8bcbe"),
      move(knob, w * 0.86, 0),
    ]);
    return {
      stance: "stands",
      feet: [[0, 0, r]],
      focus: [0, -h * 0.68],
      art: group([
        turned(profile === "waisted" ? waisted : straight, skin),
        ring(
          [
            [r * 1.01, -h],
            [r * 1.01, 0],
          ],
          -h * 0.05,
          -h * 0.02,
          metalLight(crank ? "#c3c7c9" : second),
        ),
        crank &&
          turned(
            [
              [r * 0.5, -h * 0.8],
              [r * 0.94, -h * 0.75, "corner"],
              [r, -h * 0.72, "corner"],
              [r, -h * 0.66],
            ],
            { hex: "#c3c7c9", surface: "metal" },
          ),
        crank && handle,
        !crank &&
          turned(
            [
              [r * 0.3, -h * 0.96],
              [r * 0.68, -h * 0.88],
              [r * 0.7, -h * 0.78],
              [r * 0.5, -h * 0.71],
            ],
            skin,
          ),
        !crank &&
          turned(
            [
              [12, -h],
              [22, -h * 0.975],
              [10, -h * 0.95],
            ],
            { hex: second, surface: "metal" },
          ),
        crank && line(`M${-r * 0.6} ${-h * 0.6}L${-r * 0.6} ${-h * 0.12}`, alpha("#ffffff", 0.28), 12),
        profile === "straight" &&
          ring(
            [
              [r * 1.005, -h],
              [r * 1.005, 0],
            ],
            -h * 0.34,
            -h * 0.32,
            mix(hex, "#000000", 0.3),
          ),
      ]),
    };
  },
};
