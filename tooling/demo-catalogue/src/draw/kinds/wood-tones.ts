import { hexOf } from "../colour.ts";

export const WOODS = new Set((["walnut", "oak", "beech", "ash", "cork"] as const).map(hexOf));
