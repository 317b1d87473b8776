/** JSON in the browser's storage. What cannot be read or written (private mode, full, broken) counts as not there. */
export function readStored<T>(storage: () => Storage, key: string): T | undefined {
  try {
    const text = storage().getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function writeStored(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === undefined) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // A shop without memory still sells.
  }
}

export const inThisBrowser = (): Storage => localStorage;
export const inThisTab = (): Storage => sessionStorage;
