import { cloth, crease, stitches, strap } from "../cloth.ts";
import { alpha, hexOf, shade, tint } from "../colour.ts";
import { roundedBox } from "../curves.ts";
import { linearGradient, roundLight } from "../light.ts";
import type { Kind, Piece } from "../piece.ts";
import { circle, group, line, path, rect } from "../svg.ts";
import { zip } from "./zips.ts";

export const bag: Kind<"bag"> = {
  heightCm: ({ form }) => ({ tote: 40, duffel: 30, pouch: 17, crossbody: 22 })[form],
  poses: ["open"],
  draw({ form, width: w, height: h, accent }, { hex, pose }) {
    const second = hexOf(accent);
    const open = pose === "open";
    if (form === "tote") return tote(w, h, hex, second);
    if (form === "duffel") return duffel(w, h, hex, second, open);
    return form === "pouch" ? pouch(w, h, hex, second, open) : crossbody(w, h, hex, second);
  },
};

function tote(w: number, h: number, hex: string, second: string): Piece {
  const r = w / 2;
  const top = -h * 0.64;
  const fabric = { hex, weave: "plain" as const, accent: second, scale: 0.9 };
  const handle = (lift: number, tone: string) =>
    strap(
      `M${-r * 0.42} ${top + 60}C${-r * 0.46} ${-h * lift} ${-r * 0.3} ${-h * lift} 0 ${-h * lift}C${r * 0.3} ${-h * lift} ${r * 0.46} ${-h * lift} ${r * 0.42} ${top + 60}`,
      34,
      tone,
    );
  const d = `M${-r * 0.94} ${top}Q0 ${top + 18} ${r * 0.94} ${top}L${r} -30Q${r} 0 ${r * 0.9} 0L${-r * 0.9} 0Q${-r} 0 ${-r} -30Z`;
  return {
    stance: "stands",
    feet: [[0, 0, r * 0.94]],
    focus: [-r * 0.42, top + 30],
    art: group([
      handle(1, shade(hex, 0.16)),
      path(`M${-r * 0.94} ${top}Q0 ${top - 22} ${r * 0.94} ${top}Q0 ${top + 26} ${-r * 0.94} ${top}Z`, {
        fill: shade(hex, 0.4),
      }),
      path(
        `M${-r * 0.1} ${top + 6}C${-r * 0.3} ${top - 120} ${r * 0.02} ${top - 120} ${r * 0.1} ${top - 90}C${r * 0.2} ${top - 140} ${r * 0.42} ${top - 90} ${r * 0.3} ${top + 6}Z`,
        {
          fill: linearGradient(
            [
              [0, "#7f9a4e"],
              [1, "#4f6a3a"],
            ],
            70,
          ),
        },
      ),
      cloth(d, fabric, [
        crease(
          [
            [-r * 0.5, top + 90],
            [-r * 0.42, -h * 0.3],
            [-r * 0.52, -40],
          ],
          hex,
          18,
        ),
        crease(
          [
            [r * 0.5, top + 70],
            [r * 0.56, -h * 0.3],
            [r * 0.46, -60],
          ],
          hex,
          18,
        ),
      ]),
      stitches(`M${-r * 0.92} ${top + 34}Q0 ${top + 52} ${r * 0.92} ${top + 34}`, hex, 3),
      handle(0.94, hex),
      ...[-0.42, 0.42].map((k) =>
        rect(r * k - 21, top + 18, 42, 46, 3, { stroke: alpha(shade(hex, 0.5), 0.5), width: 3, dash: "7 5" }),
      ),
    ]),
  };
}

function duffel(w: number, h: number, hex: string, second: string, open: boolean): Piece {
  const r = w / 2;
  const top = -h * 0.72;
  const fabric = { hex, weave: "plain" as const, accent: second, scale: 0.8 };
  const body = `M${-r * 0.84} ${top}Q0 ${top - (open ? -8 : 26)} ${r * 0.84} ${top}C${r * 1.02} ${top + 10} ${r * 1.04} -60 ${r * 0.94} -20Q${r * 0.9} 0 ${r * 0.8} 0L${-r * 0.8} 0Q${-r * 0.9} 0 ${-r * 0.94} -20C${-r * 1.04} -60 ${-r * 1.02} ${top + 10} ${-r * 0.84} ${top}Z`;
  const handle = (lift: number, tone: string) =>
    strap(
      `M${-r * 0.4} ${-h * 0.12}L${-r * 0.36} ${top + 20}C${-r * 0.34} ${-h * lift} ${r * 0.34} ${-h * lift} ${r * 0.36} ${top + 20}L${r * 0.4} ${-h * 0.12}`,
      30,
      tone,
    );
  const inside =
    open &&
    group([
      path(
        `M${-r * 0.84} ${top}C${-r * 0.6} ${top - 90} ${r * 0.6} ${top - 90} ${r * 0.84} ${top}Q0 ${top + 30} ${-r * 0.84} ${top}Z`,
        { fill: shade(hex, 0.45) },
      ),
      rect(-r * 0.6, top - 58, r * 0.56, 80, 22, { fill: roundLight("#f1ece2") }),
      rect(-r * 0.02, top - 70, r * 0.5, 90, 22, { fill: roundLight("#5f8fae") }),
      rect(r * 0.3, top - 46, r * 0.36, 70, 18, { fill: roundLight("#dfa23c") }),
    ]);
  return {
    stance: "stands",
    feet: [[0, 0, r * 0.9]],
    focus: [-r * 0.36, -h * 0.5],
    art: group([
      handle(1.28, shade(second, 0.2)),
      inside,
      cloth(body, fabric, [
        crease(
          [
            [-r * 0.7, top + 30],
            [-r * 0.62, -80],
          ],
          hex,
          16,
        ),
        crease(
          [
            [r * 0.68, top + 40],
            [r * 0.72, -60],
          ],
          hex,
          16,
        ),
      ]),
      !open && zip(`M${-r * 0.74} ${top + 6}Q0 ${top - 18} ${r * 0.74} ${top + 6}`, "#c9a35a"),
      handle(1.16, second),
      ...[-1, 1].map((k) =>
        cloth(roundedBox(k > 0 ? r * 0.78 : -r * 0.96, -h * 0.3, r * 0.18, h * 0.28, [12, 12, 30, 30]), {
          ...fabric,
          hex: second,
        }),
      ),
      rect(-46, -h * 0.42, 92, 56, 6, { fill: second }),
      rect(-38, -h * 0.42 + 8, 76, 40, 3, { stroke: alpha(tint(second, 0.6), 0.8), width: 2, dash: "5 4" }),
    ]),
  };
}

function pouch(w: number, h: number, hex: string, metal: string, open: boolean): Piece {
  const r = w / 2;
  const fabric = { hex, weave: "plain" as const, accent: metal, scale: 0.9 };
  const top = -h * (open ? 0.82 : 0.96);
  const d = `M${-r * 0.88} ${top}Q0 ${top - (open ? -14 : 10)} ${r * 0.88} ${top}C${r * 1.02} ${-h * 0.5} ${r} -20 ${r * 0.86} 0L${-r * 0.86} 0C${-r} -20 ${-r * 1.02} ${-h * 0.5} ${-r * 0.88} ${top}Z`;
  const inside =
    open &&
    group([
      path(
        `M${-r * 0.88} ${top}C${-r * 0.6} ${top - 96} ${r * 0.6} ${top - 96} ${r * 0.88} ${top}Q0 ${top + 30} ${-r * 0.88} ${top}Z`,
        { fill: shade(hex, 0.4) },
      ),
      rect(-r * 0.5, top - 150, 74, 170, 16, { fill: roundLight("#dbe8e6") }),
      rect(-r * 0.5 + 12, top - 184, 50, 40, 8, { fill: roundLight("#2b2a2c") }),
      rect(-r * 0.08, top - 210, 22, 220, 10, { fill: roundLight("#d7a878") }),
      rect(-r * 0.08 - 3, top - 236, 22, 56, 8, { fill: roundLight("#f8f6f1") }),
      rect(r * 0.14, top - 104, 130, 120, 20, { fill: roundLight("#f1d98b") }),
    ]);
  return {
    stance: "stands",
    feet: [[0, 0, r * 0.9]],
    focus: [r * 0.4, -h * 0.8],
    art: group([
      inside,
      cloth(d, fabric, [
        crease(
          [
            [-r * 0.6, -h * 0.7],
            [-r * 0.5, -h * 0.3],
          ],
          hex,
          18,
        ),
        crease(
          [
            [r * 0.5, -h * 0.66],
            [r * 0.56, -h * 0.2],
          ],
          hex,
          18,
        ),
        line(`M${-r} ${-h * 0.22}Q0 ${-h * 0.16} ${r} ${-h * 0.22}`, alpha(shade(hex, 0.5), 0.35), 4),
      ]),
      zip(`M${-r * 0.84} ${top + 10}Q0 ${top + (open ? 24 : 0)} ${r * 0.84} ${top + 10}`, metal),
      strap(
        `M${r * 0.88} ${top + 20}C${r * 1.2} ${top + 30} ${r * 1.16} ${top + 130} ${r * 0.96} ${top + 150}`,
        22,
        "#94532f",
      ),
      rect(-r * 0.66, top + 4, 24, 62, 8, { fill: roundLight(metal) }),
    ]),
  };
}

function crossbody(w: number, h: number, hex: string, metal: string): Piece {
  const r = w / 2;
  const top = -h * 0.78;
  const leather = (d: string, tone: string) =>
    group([
      path(d, {
        fill: linearGradient(
          [
            [0, tint(tone, 0.3)],
            [0.4, tone],
            [1, shade(tone, 0.22)],
          ],
          55,
        ),
      }),
      path(d, { stroke: alpha(shade(tone, 0.5), 0.5), width: 3 }),
    ]);
  const flap = `M${-r} ${top}Q0 ${top - 18} ${r} ${top}L${r * 0.98} ${-h * 0.46}Q${r * 0.6} ${-h * 0.24} 0 ${-h * 0.24}Q${-r * 0.6} ${-h * 0.24} ${-r * 0.98} ${-h * 0.46}Z`;
  return {
    stance: "stands",
    feet: [[0, 0, r * 0.92]],
    focus: [0, -h * 0.36],
    art: group([
      strap(
        `M${-r * 0.9} ${top + 20}C${-r * 0.9} ${-h * 1.5} ${r * 0.9} ${-h * 1.5} ${r * 0.9} ${top + 20}`,
        22,
        shade(hex, 0.12),
      ),
      leather(roundedBox(-r * 0.96, top + 6, w * 0.96, -top - 6, [10, 10, 60, 60]), shade(hex, 0.08)),
      leather(flap, hex),
      line(
        `M${-r * 0.94} ${top + 30}L${-r * 0.92} ${-h * 0.48}Q${-r * 0.56} ${-h * 0.29} 0 ${-h * 0.29}Q${r * 0.56} ${-h * 0.29} ${r * 0.92} ${-h * 0.48}L${r * 0.94} ${top + 30}`,
        alpha(tint(hex, 0.7), 0.85),
        4,
        { dash: "12 8", cap: "butt" },
      ),
      rect(-30, -h * 0.36, 60, 74, 10, {
        fill: linearGradient(
          [
            [0, tint(metal, 0.5)],
            [0.5, metal],
            [1, shade(metal, 0.3)],
          ],
          60,
        ),
      }),
      circle(0, -h * 0.28, 9, { fill: shade(metal, 0.5) }),
      ...[-0.9, 0.9].map((k) => circle(r * k, top + 16, 17, { stroke: metal, width: 8 })),
    ]),
  };
}
