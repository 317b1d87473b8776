import { parseArgs } from "node:util";
import { renderPictures } from "./render-pictures.ts";

const HELP = `Draws the demo shop's pictures, only those that are missing or have changed.

  node src/render.ts --out media

  --out DIR      the folder that the web server shows as /media
  --only NAME    one product's slug, one top category's, "hero" or "logo"
  --first        only the home page, banners and one picture of each product
  --help         this text`;

/** A line that counts up in a terminal; elsewhere one line every hundred drawings. */
function showProgress(done: number, total: number): void {
  if (process.stdout.isTTY) process.stdout.write(`\rdrawing ${done} of ${total}${done === total ? "\n" : ""}`);
  else if (done % 100 === 0 || done === total) console.log(`drawing ${done} of ${total}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      only: { type: "string" },
      first: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.out === undefined) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const started = performance.now();
  const { drawings, written } = await renderPictures({
    outDir: values.out,
    only: values.only,
    firstOnly: values.first,
    onProgress: showProgress,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${drawings} drawings, ${written} files written, ${seconds} s`);
  return 0;
}

process.exitCode = await main();
