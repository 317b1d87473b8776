import { bar, cuboid, face, frontBox, leg, panel, seen } from "../blocks.ts";
import { cloth } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { polygon } from "../curves.ts";
import { linearGradient } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { type Art, circle, group, path, rect } from "../svg.ts";
import { roundTop, stuffOf } from "./carpentry.ts";

export const stool: Kind<"stool"> = {
  heightCm: () => 45,
  poses: [],
  draw({ seat, legs, width: w, height: h }, { hex }) {
    const dark = shade(hex, 0.22);
    const r = w / 2;
    if (seat === "step") {
      const side = (x: number, back: boolean): Art =>
        leg([x * 0.84, -h + 20], [x, back ? -40 : 0], 44, 38, back ? dark : hex);
      return {
        stance: "stands",
        feet: [
          [-r, 0, 34],
          [r, 0, 34],
        ],
        focus: [0, -h * 0.96],
        art: group([
          side(-r * 0.9, true),
          side(r * 0.9, true),
          frontBox(-r * 0.88, -h, w * 0.88, 34, 70, hex, stuffOf(hex)),
          side(-r, false),
          side(r, false),
          frontBox(-r * 1.05, -h * 0.46, w * 1.05, 32, 84, hex, stuffOf(hex)),
          rect(-58, -h - 44, 116, 24, 12, { fill: shade(hex, 0.5) }),
        ]),
      };
    }
    const top = seat === "round" ? roundTop(r * 0.92, -h, 40, hex) : frontBox(-r, -h, w, 38, 90, hex, stuffOf(hex));
    const spread: [number, number][] =
      legs === 3
        ? [
            [0.12, -58],
            [-0.86, 0],
            [0.9, -8],
          ]
        : [
            [-0.7, -56],
            [0.7, -56],
            [-0.9, 0],
            [0.9, 0],
          ];
    return {
      stance: "stands",
      feet: spread.map(([x, y]) => [r * x, y, 26] as const),
      focus: [0, -h],
      seat: -h,
      art: group([
        ...spread.map(([x, y], n) =>
          leg([r * x * 0.6, -h + 44 + y * 0.3], [r * x, y], 42, 28, n === 0 || (legs === 4 && n === 1) ? dark : hex),
        ),
        bar([-r * 0.74, -h * 0.3], [r * 0.78, -h * 0.33], 20, shade(hex, 0.1)),
        top,
      ]),
    };
  },
};

export const chair: Kind<"chair"> = {
  heightCm: ({ back }) => (back === "sling" ? 62 : 84),
  poses: ["angle"],
  draw(drawing, { hex, pose }) {
    const { back, width: w, height: h, accent } = drawing;
    if (back === "sling") return slingChair(w, h, hex, hexOf(accent), pose === "angle");
    if (pose === "angle") return chairAngle(w, h, hex, hexOf(accent));
    const r = w / 2;
    const seatY = -h * 0.53;
    const dark = shade(hex, 0.2);
    const post = (side: number) => leg([side * r * 0.86, -h], [side * r * 0.72, seatY], 26, 34, hex);
    const rungs =
      back === "ladder"
        ? [0.96, 0.83, 0.7].map((k) => panel(-r * 0.82, -h * k, w * 0.82, h * 0.062, 12, hex, stuffOf(hex)))
        : [-0.56, -0.34, -0.11, 0.11, 0.34, 0.56].map((k) =>
            leg([r * k * 1.12, -h * 0.95], [r * k, seatY], 13, 17, hex),
          );
    const woven = hexOf(accent);
    const seat = polygon([
      [-r * 0.8, seatY - 62],
      [r * 0.8, seatY - 62],
      [r, seatY],
      [-r, seatY],
    ]);
    return {
      stance: "stands",
      feet: [
        [-r * 0.94, 0, 24],
        [r * 0.94, 0, 24],
        [-r * 0.72, -46, 18],
        [r * 0.72, -46, 18],
      ],
      focus: [0, -h * 0.86],
      seat: seatY - 30,
      art: group([
        leg([-r * 0.68, seatY], [-r * 0.74, -46], 30, 22, dark),
        leg([r * 0.68, seatY], [r * 0.74, -46], 30, 22, dark),
        bar([-r * 0.72, -h * 0.22], [r * 0.72, -h * 0.22], 16, dark),
        ...rungs,
        post(-1),
        post(1),
        back === "spindles" && panel(-r * 0.96, -h, w * 0.96, h * 0.07, 22, hex, stuffOf(hex)),
        back === "panel" && panel(-r * 0.8, -h * 0.96, w * 0.8, h * 0.3, 20, hex, stuffOf(hex)),
        back === "ladder"
          ? cloth(seat, { hex: woven, weave: "herringbone", accent: woven })
          : face(seat, tint(hex, 0.16), stuffOf(hex)),
        panel(-r, seatY, w, 30, 10, hex, stuffOf(hex)),
        leg([-r * 0.86, seatY + 28], [-r * 0.96, 0], 36, 24, hex),
        leg([r * 0.86, seatY + 28], [r * 0.96, 0], 36, 24, hex),
        bar([-r * 0.9, -h * 0.16], [r * 0.9, -h * 0.16], 18, hex),
      ]),
    };
  },
};

function chairAngle(w: number, h: number, hex: string, woven: string): Piece {
  const depth = w * 0.9;
  const seatH = h * 0.52;
  const post = (x: number, z: number, height: number) => cuboid([x, 0, z], [26, height, 26], hex, stuffOf(hex));
  const rung = (y: number) => cuboid([-w / 2 + 20, y, depth - 20], [w - 40, h * 0.07, 12], hex, stuffOf(hex));
  const weave = polygon([
    seen([-w / 2 + 24, seatH + 31, 24]),
    seen([w / 2 - 24, seatH + 31, 24]),
    seen([w / 2 - 24, seatH + 31, depth - 24]),
    seen([-w / 2 + 24, seatH + 31, depth - 24]),
  ]);
  return {
    stance: "stands",
    art: group([
      post(-w / 2, depth - 26, h),
      post(w / 2 - 26, depth - 26, h),
      rung(h * 0.64),
      rung(h * 0.77),
      rung(h * 0.9),
      cuboid([-w / 2 + 10, h * 0.2, depth - 20], [w - 20, 18, 12], shade(hex, 0.1), stuffOf(hex)),
      cuboid([-w / 2, seatH, 0], [w, 30, depth], hex, stuffOf(hex)),
      cloth(weave, { hex: woven, weave: "herringbone", accent: woven }),
      post(-w / 2, 0, seatH),
      post(w / 2 - 26, 0, seatH),
      cuboid([-w / 2 + 20, h * 0.16, 4], [w - 40, 18, 12], hex, stuffOf(hex)),
    ]),
  };
}

function slingChair(w: number, h: number, hex: string, wood: string, angle: boolean): Piece {
  const r = w / 2;
  const fabric = { hex, weave: "plain" as const, accent: hex };
  if (angle) {
    const sling = `M${-r * 0.92} ${-h * 0.98}C${-r * 0.6} ${-h * 0.3} ${-r * 0.1} ${-h * 0.3} ${r * 0.9} ${-h * 0.56}L${r * 0.92} ${-h * 0.5}C${-r * 0.1} ${-h * 0.18} ${-r * 0.76} ${-h * 0.2} ${-r * 1.02} ${-h * 0.96}Z`;
    return {
      stance: "stands",
      feet: [
        [-r * 0.7, 0, 26],
        [r * 0.72, 0, 26],
      ],
      art: group([
        bar([-r * 0.94, -h * 0.98], [r * 0.72, 0], 26, shade(wood, 0.16)),
        cloth(sling, fabric),
        bar([r * 0.92, -h * 0.54], [-r * 0.7, 0], 26, wood),
        bar([-r * 0.44, -h * 0.3], [r * 0.4, -h * 0.3], 18, wood),
        circle(0.03 * r, -h * 0.26, 13, { fill: "#8d8a84" }),
      ]),
    };
  }
  const sling = `M${-r * 0.78} ${-h}Q0 ${-h * 0.93} ${r * 0.78} ${-h}L${r * 0.9} ${-h * 0.5}Q${r * 0.86} ${-h * 0.34} ${r * 0.84} ${-h * 0.36}Q0 ${-h * 0.26} ${-r * 0.84} ${-h * 0.36}Q${-r * 0.86} ${-h * 0.34} ${-r * 0.9} ${-h * 0.5}Z`;
  const seat = `M${-r * 0.88} ${-h * 0.46}Q0 ${-h * 0.36} ${r * 0.88} ${-h * 0.46}L${r * 0.86} ${-h * 0.36}Q0 ${-h * 0.24} ${-r * 0.86} ${-h * 0.36}Z`;
  return {
    stance: "stands",
    feet: [
      [-r * 0.9, 0, 24],
      [r * 0.9, 0, 24],
      [-r * 0.6, -30, 18],
      [r * 0.6, -30, 18],
    ],
    focus: [-r * 0.6, -h * 0.86],
    art: group([
      bar([-r * 0.9, -h * 0.44], [r * 0.6, -30], 22, shade(wood, 0.2)),
      bar([r * 0.9, -h * 0.44], [-r * 0.6, -30], 22, shade(wood, 0.2)),
      bar([-r * 0.84, -h * 1.01], [-r * 0.84, -h * 0.36], 24, wood),
      bar([r * 0.84, -h * 1.01], [r * 0.84, -h * 0.36], 24, wood),
      cloth(sling, fabric),
      path(seat, {
        fill: linearGradient(
          [
            [0, alpha("#2a1a10", 0.3)],
            [1, alpha("#ffffff", 0.1)],
          ],
          90,
        ),
      }),
      bar([-r * 0.84, -h * 0.38], [-r * 0.92, 0], 26, wood),
      bar([r * 0.84, -h * 0.38], [r * 0.92, 0], 26, wood),
      bar([-r * 0.88, -h * 0.18], [r * 0.88, -h * 0.18], 20, wood),
      ...[-1, 1].map((side) => circle(side * r * 0.85, -h * 0.38, 12, { fill: "#8d8a84" })),
    ]),
  };
}
