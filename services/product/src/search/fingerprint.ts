/** FNV-1a over UTF-16 units, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/), from a basis of choice. */
function hashOf(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/**
 * MurmurHash3's last step. FNV of texts that differ in their last letters differs by a few multiples of its prime,
 * which cancel out in a sum: one unit less here and one more there would often leave the fingerprint as it was.
 */
function mixed(hash: number): number {
  let mix = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}

const BASIS = 0x811c9dc5;
const OTHER_BASIS = 0x27d4eb2f;

/**
 * What one entry adds to a fingerprint of many: their sum is the same in every replica that knows the same entries,
 * whatever the order they came in, and is corrected by subtracting what left.
 */
export const printOf = (text: string): number =>
  mixed(hashOf(text, BASIS)) * 0x10000 + (mixed(hashOf(text, OTHER_BASIS)) & 0xffff);

const MODULUS = 2 ** 48;
export const addPrint = (sum: number, print: number): number => (sum + print) % MODULUS;
export const subtractPrint = (sum: number, print: number): number => (sum - print + MODULUS) % MODULUS;
