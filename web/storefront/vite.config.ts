import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { preload } from "./build/preload.ts";

/** The gateway of `npm start`; another address by GATEWAY_URL. */
const gateway = process.env.GATEWAY_URL ?? "http://localhost:8080";

export default defineConfig(({ command, mode }) => {
  // Whoever builds, a test's global set-up too: shoppers get the production build of every library.
  if (command === "build") process.env.NODE_ENV = "production";
  return {
    plugins: [
      react(),
      tailwind(),
      preload({ fonts: ["instrument-sans", "instrument-serif"], module: "/src/main.tsx" }),
    ],
    resolve: {
      // Answers are checked in the browser too, but by 1 kB instead of zod's 25: see schema-check.ts.
      alias: mode === "test" ? {} : { zod: new URL("./src/app/schema-check.ts", import.meta.url).pathname },
    },
    build: {
      target: ["chrome125", "firefox128", "safari17.5"],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: {
          codeSplitting: {
            // What every page needs comes in three files: a small start, libraries that seldom change, the shop's own frame.
            groups: [
              { name: "vendor", test: /node_modules(?!.*(?:utation|nfinite|simplewebauthn|uqr))/, priority: 3 },
              { name: "boot", tags: ["$initial"], priority: 2 },
              { name: "shell", test: /\/src\/main\.tsx$/, priority: 1 },
            ],
          },
        },
      },
    },
    server: { proxy: { "/v1": gateway, "/media": gateway, "/config.json": gateway } },
  };
});
