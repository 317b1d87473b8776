/** Where to go after signing in: a path of this shop only, never another site's address. */
export function nextPage(search: URLSearchParams): string {
  const next = search.get("next") ?? "";
  // Browsers skip tabs and line breaks in addresses: with them a path could become another site's.
  return /^\/(?![/\\])[^\t\n\r]*$/.test(next) ? next : "/account";
}

/** The sign-in or register page that leads to the same place in the end. */
export const withNext = (path: string, search: URLSearchParams): string => {
  const next = search.get("next");
  return next ? `${path}?${new URLSearchParams({ next })}` : path;
};
