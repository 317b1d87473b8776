const FIRST_AFTER_MS = 2_000;
const AGAIN_AFTER_MS = 5_000;

/** Says on standard error that something still goes on, from two seconds on. */
export async function withProgress<T>(what: string, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const say = () => {
    console.error(`${what}… ${Math.round((performance.now() - startedAt) / 1_000)} s`);
    timer = setTimeout(say, AGAIN_AFTER_MS);
  };
  let timer = setTimeout(say, FIRST_AFTER_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
