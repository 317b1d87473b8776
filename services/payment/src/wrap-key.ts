import { runWrapKey } from "@tradepost/key-ring/wrap-key-command";

await runWrapKey("payment", "TOKEN_KEYS");
