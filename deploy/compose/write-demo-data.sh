#!/bin/sh
# The demo catalogue, its promotions and its pictures, into the volumes that docker-compose.yml shares with the shop.
set -eu

node tooling/demo-catalogue/src/export.ts --file /demo/catalogue.json
node --input-type=module --eval '
  import { writeFileSync } from "node:fs";
  import { promotions } from "/src/tooling/demo-catalogue/src/promotions.ts";
  writeFileSync("/demo/promotions.json", JSON.stringify(promotions));
'
node tooling/demo-catalogue/src/render.ts --out /media
