import { Locale } from "@tradepost/contracts/market";
import { Currency } from "@tradepost/contracts/money";
import { createPostgres } from "@tradepost/postgres/pool";
import { runFileCommand } from "@tradepost/service-runtime/command";
import { loadConfig, zUrl } from "@tradepost/service-runtime/config";
import { z } from "zod";
import { savePromotion } from "./storage/promotion-repository.ts";

const HELP = `Adds promotions, or replaces those with the same codes.

  node src/import-promotions.ts --file promotions.json

  --file FILE   a JSON array ("-" reads standard input) of { code, title: { en, de }, percentBps | amountOff, minimum }:
                1000 basis points are 10 %; amountOff and minimum are minor units by currency
  --help        this text

Environment: DATABASE_URL, migrated.`;

const AmountIn = z.partialRecord(Currency, z.int().positive());
const Promotions = z.array(
  z
    .object({
      code: z.string().min(1).max(40),
      title: z.record(Locale, z.string().min(1)),
      percentBps: z.int().min(1).max(10_000).nullable(),
      amountOff: AmountIn.nullable(),
      minimum: AmountIn,
    })
    .refine(({ percentBps, amountOff }) => (percentBps === null) !== (amountOff === null), "percentBps or amountOff"),
);

await runFileCommand(HELP, async ({ read }) => {
  const { DATABASE_URL: url } = loadConfig(z.object({ DATABASE_URL: zUrl("postgres", "postgresql") }));
  const promotions = Promotions.parse(read());
  const postgres = createPostgres({ url, applicationName: "import-promotions" });
  for (const promotion of promotions) await savePromotion(postgres, promotion);
  await postgres.end();
  console.log(`${promotions.length} promotions`);
});
