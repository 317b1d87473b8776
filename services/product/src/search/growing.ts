type Numbers = Uint32Array | Float32Array | Float64Array;

/** Numbers that are only ever appended, in one typed array that doubles when it is full. */
export interface Growing<A extends Numbers> {
  items: A;
  length: number;
}

export const growingIntegers = (): Growing<Uint32Array> => ({ items: new Uint32Array(4), length: 0 });
export const growingFloats = (): Growing<Float32Array> => ({ items: new Float32Array(4), length: 0 });
export const growingDoubles = (): Growing<Float64Array> => ({ items: new Float64Array(4), length: 0 });

export function append<A extends Numbers>(list: Growing<A>, value: number): void {
  if (list.length === list.items.length) {
    const wider = new (list.items.constructor as new (length: number) => A)(list.length * 2);
    wider.set(list.items);
    list.items = wider;
  }
  list.items[list.length++] = value;
}
