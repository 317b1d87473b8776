import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { preloadFonts } from "./build/preload-fonts.ts";

/** The gateway of `npm start`; another address by GATEWAY_URL. */
const gateway = process.env.GATEWAY_URL ?? "http://localhost:8080";

export default defineConfig({
  plugins: [react(), tailwind(), preloadFonts(["instrument-sans", "instrument-serif"])],
  resolve: {
    // Answers are checked in the browser too, but by 1 kB instead of zod's 25: see schema-check.ts.
    alias: process.env.VITEST ? {} : { zod: new URL("./src/app/schema-check.ts", import.meta.url).pathname },
  },
  build: {
    target: ["chrome125", "firefox128", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs comes in two files: libraries, which seldom change, and the shop's own frame.
          groups: [
            { name: "vendor", tags: ["$initial"], test: /node_modules/, priority: 2 },
            { name: "shell", tags: ["$initial"], priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/v1": gateway, "/media": gateway, "/config.json": gateway } },
});
