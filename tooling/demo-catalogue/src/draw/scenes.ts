import type { Art } from "./svg.ts";
import type { Subject } from "./views.ts";
import { drawView } from "./views.ts";
export const drawScene = (_: string, s: Subject): Art => drawView("front", s);
