import { type Art, group, line } from "../svg.ts";

export const zip = (d: string, metal: string): Art =>
  group([line(d, "#2f2d2b", 13), line(d, metal, 7, { dash: "3 3", cap: "butt" })]);
