/** Fetches a body. Throws unless the answer is a success; for preparing rounds, never for measuring. */
export async function ask(url: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000), ...init });
  const text = await response.text();
  if (!response.ok) throw new Error(`${init.method ?? "GET"} ${url}: ${response.status} ${text.slice(0, 500)}`);
  return text;
}

/** A request with a JSON body. */
export const json = (method: "POST" | "PUT", body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});

/** Does `work` for every item, so many at a time, and keeps the order. */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let mine = next++; mine < items.length; mine = next++) results[mine] = await work(items[mine] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
