/** Where to go after signing in: a path of this shop only, never another site's address. */
export function nextPage(search: URLSearchParams): string {
  const next = search.get("next") ?? "";
  return /^\/(?![/\\])/.test(next) ? next : "/account";
}

/** The sign-in or register page that leads to the same place in the end. */
export const withNext = (path: string, search: URLSearchParams): string => {
  const next = search.get("next");
  return next ? `${path}?${new URLSearchParams({ next })}` : path;
};
