import type { HtmlTagDescriptor, Plugin } from "vite";

interface PreloadOptions {
  /** Parts of the names of fonts. */
  fonts: string[];
  /** How the path of a module ends that is imported a moment after the start. */
  module: string;
}

/** Has the page ask at once for what it will need next: a module with all that it imports, and then fonts. */
export const preload = ({ fonts, module }: PreloadOptions): Plugin => ({
  name: "preload",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (_html, { bundle = {} }) => {
      const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
      const wanted = new Set<string>();
      const want = (file: string) => {
        if (wanted.has(file)) return;
        wanted.add(file);
        for (const imported of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) want(imported);
      };
      const start = chunks.find(({ facadeModuleId, moduleIds }) =>
        [facadeModuleId, ...moduleIds].some((id) => id?.endsWith(module)),
      );
      if (!start) throw new Error(`no chunk has ${module}`);
      want(start.fileName);
      const files = Object.keys(bundle).filter((file) => file.endsWith(".woff2"));
      return [
        ...[...wanted].map((file) => link({ rel: "modulepreload", href: `/${file}` })),
        ...files
          .filter((file) => fonts.some((font) => file.includes(font)))
          .map((file) =>
            link({ rel: "preload", as: "font", type: "font/woff2", href: `/${file}`, fetchpriority: "low" }),
          ),
      ];
    },
  },
});

const link = (attrs: Record<string, string>): HtmlTagDescriptor => ({
  tag: "link",
  attrs: { ...attrs, crossorigin: true },
  injectTo: "head",
});
