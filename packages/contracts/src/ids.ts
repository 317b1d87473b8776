import { z } from "zod";

/** Ids are UUIDv7 strings, so that they sort by time; any UUID is accepted on the way in. */
export const Id = z.uuid();

/** A stock keeping unit: what one variant is called in the warehouse, e.g. `MUG-STONEWARE-BLUE`. */
export const Sku = z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,63}$/, "must be a SKU such as MUG-BLUE-L");

/** Lower-case words joined by hyphens, as in a page's address. */
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(120);

export const IsoTime = z.iso.datetime();
