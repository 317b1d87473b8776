import { useState } from "react";
import { useLocation } from "react-router";

/** The token of a mailed link, from the address's fragment, which browsers send to no server; null where none is there. */
export const readMailedToken = (hash: string): string | null => {
  const token = new URLSearchParams(hash.replace(/^#/, "")).get("token");
  return token && /^[\w-]{43}$/.test(token) ? token : null;
};

/** The token this page was opened with, also after the address has changed. */
export function useMailedToken(): string | null {
  const { hash } = useLocation();
  const [token] = useState(() => readMailedToken(hash));
  return token;
}
