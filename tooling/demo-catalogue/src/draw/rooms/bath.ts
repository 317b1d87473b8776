import type { Paper } from "../backdrop.ts";
import { alpha, lch, shade, tint } from "../colour.ts";
import { linearGradient, metalLight, roundLight } from "../light.ts";
import { prop, tiles } from "../props.ts";
import { circle, ellipse, group, line, path, rect } from "../svg.ts";

import type { Room } from "./room.ts";

export function basin(paper: Paper): Room {
  const stone = "#ece8e0";
  return {
    back: group([
      tiles(0, 0, 1000, 700, 92, lch(0.9, 0.02, 3.4), false),
      rect(0, 0, 1000, 700, 0, { fill: alpha(paper.wall, 0.25) }),
      circle(760, 250, 176, { fill: metalLight("#c9a35a") }),
      circle(760, 250, 164, {
        fill: linearGradient(
          [
            [0, "#e4edef"],
            [0.5, "#f9fcfc"],
            [1, "#c4d4d8"],
          ],
          50,
        ),
      }),
      rect(0, 690, 1000, 70, 0, {
        fill: linearGradient(
          [
            [0, tint(stone, 0.4)],
            [1, stone],
          ],
          90,
        ),
      }),
      rect(0, 756, 1000, 30, 0, { fill: shade(stone, 0.16) }),
      rect(0, 786, 1000, 214, 0, {
        fill: linearGradient(
          [
            [0, "#a97b52"],
            [1, "#c39a6b"],
          ],
          90,
        ),
      }),
      line("M500 800L500 1000", alpha("#3a2c20", 0.3), 4),
      path("M560 604C566 700 620 732 760 732C900 732 954 700 960 604Z", { fill: roundLight("#fbfaf6", 0.2) }),
      ellipse(760, 604, 200, 26, {
        fill: linearGradient(
          [
            [0, "#cfcac0"],
            [1, "#f4f1ea"],
          ],
          30,
        ),
        stroke: "#ffffff",
        width: 6,
      }),
      path("M748 590L748 470C748 420 850 420 846 500L826 500C826 448 772 450 772 480L772 590Z", {
        fill: metalLight("#c9a35a"),
      }),
    ]),
    spot: { x: 300, y: 736, tall: 460, wide: 420 },
    hook: { x: 290, y: 90, tall: 560, wide: 420 },
    scale: 15,
  };
}

/** The bathroom's floor, for mats and laundry. */
export function bathFloor(paper: Paper): Room {
  return {
    back: group([
      tiles(0, 0, 1000, 560, 92, lch(0.9, 0.02, 3.4), false),
      rect(0, 0, 1000, 560, 0, { fill: alpha(paper.wall, 0.25) }),
      tiles(0, 560, 1000, 440, 150, "#e3ded4", false),
      rect(0, 552, 1000, 22, 0, {
        fill: linearGradient(
          [
            [0, "#fbfaf6"],
            [1, "#d8d3c8"],
          ],
          90,
        ),
      }),
      ellipse(520, 716, 430, 26, { fill: alpha("#3a2c20", 0.22) }),
      path("M110 420L930 420C930 620 890 704 780 704L260 704C150 704 110 620 110 420Z", {
        fill: roundLight("#fbfaf6", 0.2),
      }),
      rect(86, 396, 868, 40, 20, {
        fill: linearGradient(
          [
            [0, "#ffffff"],
            [1, "#d9d4c9"],
          ],
          90,
        ),
      }),
      path("M780 400L780 250C780 200 690 200 690 250L690 276L708 276L708 256C708 226 760 226 760 256L760 400Z", {
        fill: metalLight("#c9a35a"),
      }),
      prop(
        { kind: "textile", form: "stack", weave: "plain", fringe: false, width: 440, height: 200, accent: "chalk" },
        "lake",
        9,
        250,
        398,
      ),
    ]),
    spot: { x: 500, y: 900, tall: 480, wide: 640 },
    hook: { x: 300, y: 90, tall: 500, wide: 400 },
    scale: 9,
  };
}
