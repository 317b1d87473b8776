/** The parameters of a path that fits a pattern such as `/product/:slug`; undefined for one that doesn't. */
export function matchAddress(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [segments(pattern), segments(path)];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? "";
    if (segment.startsWith(":")) params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

const segments = (path: string): string[] => path.split("/").filter((segment) => segment !== "");
