const UNRESERVED = /[A-Za-z0-9._~-]/;

/**
 * A request's path as Kong routes and forwards it (RFC 3986, 6.2.2): unreserved characters decoded, dot segments resolved,
 * slashes merged. `undefined` when it is no path or leads above the root.
 */
export function normalisePath(path: string): string | undefined {
  if (!path.startsWith("/")) return undefined;
  const decoded = path.replaceAll(/%([0-9A-Fa-f]{2})/g, (escaped, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return UNRESERVED.test(character) ? character : escaped.toUpperCase();
  });
  if (!/\/(\.|\/)/.test(decoded)) return decoded;
  const kept: string[] = [];
  const segments = decoded.split("/").slice(1);
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === "..") {
      if (kept.pop() === undefined) return undefined;
    } else if (segment !== "." && (segment !== "" || isLast)) kept.push(segment);
    if (isLast && (segment === "." || segment === "..")) kept.push("");
  }
  return `/${kept.join("/")}`;
}
