import { useEffect } from "react";

/** Sets the document's title and description for as long as the calling page is shown. */
export function usePageMeta(title: string | undefined, description?: string): void {
  useEffect(() => {
    if (title !== undefined) document.title = title === "" ? "Tradepost" : `${title} · Tradepost`;
    if (description !== undefined) {
      document.querySelector('meta[name="description"]')?.setAttribute("content", description.slice(0, 160));
    }
  }, [title, description]);
}
