/** FNV-1a over UTF-16 units, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * What one entry adds to a fingerprint of many: their sum is the same in every replica that knows the same entries,
 * whatever the order they came in, and is corrected by subtracting what left.
 */
export const printOf = (text: string): number => hashOf(text) * 0x10000 + (hashOf(`${text}~`) & 0xffff);

const MODULUS = 2 ** 48;
export const addPrint = (sum: number, print: number): number => (sum + print) % MODULUS;
export const subtractPrint = (sum: number, print: number): number => (sum - print + MODULUS) % MODULUS;
