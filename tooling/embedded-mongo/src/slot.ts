import type { Doc } from "./values.ts";

/** The place of one document, in order of insertion; indexes point here, updates exchange the document. */
export interface Slot {
  readonly sequence: number;
  doc: Doc;
  /** An upper bound of the document's BSON size. */
  sizeBytes: number;
}
