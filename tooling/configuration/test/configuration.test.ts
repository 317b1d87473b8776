import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { configurationDocument } from "../src/document.ts";
import { allSettings } from "../src/settings.ts";

const settings = new Map(allSettings().flatMap((group) => group.settings.map((one) => [one.name, one] as const)));

it("docs/configuration.md is up to date (npm run configuration)", () => {
  const file = fileURLToPath(new URL("../../../docs/configuration.md", import.meta.url));
  expect(readFileSync(file, "utf8")).toBe(configurationDocument());
});

describe("a setting", () => {
  it("without which a service does not start is required", () => {
    expect(settings.get("DATABASE_URL")?.unset).toBe("required");
    expect(settings.get("SIGNING_KEYS")?.unset).toBe("required");
  });

  it("that may be left out is optional, or has its default", () => {
    expect(settings.get("INTERNAL_TOKEN_KEY_OTHER")?.unset).toBe("optional");
    expect(settings.get("TRUSTED_PROXIES")?.unset).toBe("optional");
    expect(settings.get("CART_TTL_SECONDS")?.unset).toBe("`1800`");
    expect(settings.get("STOCK_LOCATIONS")?.unset).toBe("`main`");
  });

  it("means what its comment says, and nothing of its neighbours'", () => {
    expect(settings.get("ALLOWED_ORIGINS")?.meaning).toBe("Pages that may write with a session cookie.");
    expect(settings.get("REDIS_URL")?.meaning).toBe("");
  });
});
