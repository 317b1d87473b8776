import { MongoError } from "./mongo-error.ts";
import { fieldOf, isArrayIndex, type Path } from "./paths.ts";
import { type Doc, isDoc } from "./values.ts";

export type IndexKey = unknown[];

/** Where one indexed field stands while its path is being followed. */
interface Cursor {
  value: unknown;
  path: Path;
  from: number;
}

/**
 * The keys under which an index lists a document: one, or one per element when a path crosses an array; null stands
 * for missing, undefined for an empty array, as in MongoDB. `multikey` is told which fields crossed an array.
 * Throws 171 when two fields cross different arrays.
 */
export function indexKeys(doc: Doc, paths: readonly Path[], multikey: boolean[]): IndexKey[] {
  return expand(
    paths.map((path) => ({ value: doc, path, from: 0 })),
    multikey,
  );
}

function expand(cursors: Cursor[], multikey: boolean[]): IndexKey[] {
  const stops = cursors.map(follow);
  const arrays = new Set(stops.map((stop) => stop.value).filter(Array.isArray) as unknown[][]);
  if (arrays.size === 0) return [stops.map((stop) => (stop.from < 0 ? undefined : (stop.value ?? null)))];
  if (arrays.size > 1) throw new MongoError(171, "CannotIndexParallelArrays", "cannot index parallel arrays");
  const [array = []] = arrays;
  const crossing = stops.map((stop) => stop.value === array);
  for (const [i, crosses] of crossing.entries()) if (crosses) multikey[i] = true;
  if (array.length === 0)
    return expand(
      stops.map((stop, i) => (crossing[i] ? emptyArray(stop) : settled(stop))),
      multikey,
    );
  return array.flatMap((element) =>
    expand(
      stops.map((stop, i) => (crossing[i] ? enter(stop, element) : settled(stop))),
      multikey,
    ),
  );
}

// Walks to the first array on the path or to its end.
function follow({ value, path, from }: Cursor): Cursor {
  let current = value;
  let at = from;
  while (at >= 0 && at < path.length && !Array.isArray(current)) {
    current = isDoc(current) ? fieldOf(current, path[at] as string) : undefined;
    at += 1;
  }
  const part = path[at] ?? "";
  if (Array.isArray(current) && at < path.length && isArrayIndex(part) && Number(part) < current.length) {
    return follow({ value: current[Number(part)], path, from: at + 1 });
  }
  return { value: current, path, from: at };
}

// An element is taken as it is: an array inside an array is one key, and is not opened again.
const enter = ({ path, from }: Cursor, element: unknown): Cursor =>
  from >= path.length || isDoc(element)
    ? { value: Array.isArray(element) ? { array: element } : element, path, from }
    : { value: undefined, path, from: path.length };

const emptyArray = ({ path, from }: Cursor): Cursor =>
  from >= path.length ? { value: undefined, path, from: -1 } : { value: undefined, path, from: path.length };

const settled = (stop: Cursor): Cursor => stop;
