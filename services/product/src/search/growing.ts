/** Integers that are only ever appended, in one typed array that doubles when it is full. */
export interface Growing {
  items: Uint32Array;
  length: number;
}

export const growingIntegers = (): Growing => ({ items: new Uint32Array(4), length: 0 });

export function append(list: Growing, value: number): void {
  if (list.length === list.items.length) {
    const wider = new Uint32Array(list.length * 2);
    wider.set(list.items);
    list.items = wider;
  }
  list.items[list.length++] = value;
}
