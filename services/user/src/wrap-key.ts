import { runWrapKey } from "@tradepost/key-ring/wrap-key-command";

await runWrapKey("user", "FACTOR_KEYS");
