import type { Plugin } from "vite";

/** Has the page ask for these fonts early, instead of after the style sheet has been read, but after its code. */
export const preloadFonts = (families: string[]): Plugin => ({
  name: "preload-fonts",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((file) => file.endsWith(".woff2") && families.some((family) => file.includes(family)))
        .map((file) => ({
          tag: "link",
          attrs: {
            rel: "preload",
            as: "font",
            type: "font/woff2",
            href: `/${file}`,
            crossorigin: true,
            fetchpriority: "low",
          },
          injectTo: "head" as const,
        })),
  },
});
