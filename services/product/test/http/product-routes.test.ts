import * as contract from "@tradepost/contracts/product";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callBy, startProductService } from "../product-service.ts";
import { smallCatalogue } from "../small-catalogue.ts";

let service: Awaited<ReturnType<typeof startProductService>>;
beforeAll(async () => {
  service = await startProductService();
  await service.bringIn(smallCatalogue);
  await service.view.refresh();
});
afterAll(() => service.stop());

const title = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const get = (url: string, headers: Record<string, string> = {}) => service.app.inject({ method: "GET", url, headers });
const list = async (query: string, headers?: Record<string, string>) => {
  const reply = await get(`/v1/products${query}`, headers);
  expect(reply.statusCode).toBe(200);
  return contract.listProducts.success.body.parse(reply.json());
};
const slugs = (page: contract.ProductPage) => page.items.map(({ slug }) => slug);

describe(title(contract.listCategories), () => {
  it("gives the tree as a flat list in the shop's order, counting what is below", async () => {
    const reply = await get("/v1/categories");
    const { items } = contract.listCategories.success.body.parse(reply.json());
    const [kitchen, mugs] = items;
    expect(items.map(({ slug, productCount }) => [slug, productCount])).toEqual([
      ["kitchen", 3],
      ["mugs", 2],
      ["lighting", 1],
    ]);
    expect(mugs!.parentId).toBe(kitchen!.id);
    expect(kitchen!.image?.url).toBe("/media/kitchen.webp");
    expect(reply.headers["cache-control"]).toBe("public, max-age=30");
  });
});

describe(title(contract.listProducts), () => {
  it("lists the newest first, with the cheapest variant's price and all variants' availability", async () => {
    const page = await list("");
    expect(slugs(page)).toEqual(["table-lamp", "tray", "enamel-mug", "stoneware-mug"]);
    expect(page).toMatchObject({ total: 4, nextCursor: null, correctedQuery: null });
    expect(page.priceRange).toEqual({ min: { amount: 1200, currency: "EUR" }, max: { amount: 8900, currency: "EUR" } });
    expect(page.items[3]).toMatchObject({
      name: "Stoneware Mug",
      price: { amount: 1800, currency: "EUR" },
      compareAtPrice: { amount: 2200, currency: "EUR" },
      priceVaries: true,
      available: 5,
      swatches: ["#224466", "#ddccaa"],
    });
  });

  it("speaks the language and the currency that are asked for", async () => {
    const reply = await get("/v1/products?currency=USD&sort=name", { "accept-language": "fr, de-AT;q=0.9" });
    expect(reply.headers).toMatchObject({ "content-language": "de", vary: "Accept-Language" });
    const { items } = contract.listProducts.success.body.parse(reply.json());
    expect(items.map(({ name }) => name)).toEqual([
      "Eichentablett",
      "Emaillebecher",
      "Steinzeugbecher",
      "Tischleuchte",
    ]);
    expect(items.map(({ price }) => price)).toEqual([
      { amount: 4000, currency: "USD" },
      { amount: 1300, currency: "USD" },
      { amount: 2000, currency: "USD" },
      { amount: 8900, currency: "EUR" },
    ]);
  });

  it("narrows by category with what is below it, facets, price, rating and stock", async () => {
    expect(slugs(await list("?category=kitchen&sort=price_asc"))).toEqual(["enamel-mug", "stoneware-mug", "tray"]);
    expect(slugs(await list("?category=mugs&colour=blue&colour=white"))).toEqual(["enamel-mug", "stoneware-mug"]);
    expect(slugs(await list("?minPrice=1300&maxPrice=3900"))).toEqual(["tray", "stoneware-mug"]);
    expect(slugs(await list("?minRating=4.5&sort=rating"))).toEqual(["table-lamp", "enamel-mug"]);
    expect(slugs(await list("?inStock=true&brand=Northfold"))).toEqual(["enamel-mug"]);
  });

  it("counts a facet as if it were not narrowed itself", async () => {
    const { facets } = await list("?brand=Northfold&category=kitchen");
    expect(facets.find(({ field }) => field === "brand")?.values).toEqual([
      { value: "Northfold", label: "Northfold", count: 2 },
      { value: "Tidewater", label: "Tidewater", count: 1 },
    ]);
    expect(facets.find(({ field }) => field === "material")?.values).toEqual([
      { value: "enamel", label: "enamel", count: 1 },
      { value: "oak", label: "Oak", count: 1 },
    ]);
  });

  it("pages by cursor and refuses one of another list", async () => {
    const first = await list("?limit=3&sort=price_desc");
    const second = await list(`?limit=3&sort=price_desc&cursor=${first.nextCursor}`);
    expect([...slugs(first), ...slugs(second)]).toEqual(["table-lamp", "tray", "stoneware-mug", "enamel-mug"]);
    expect(second.nextCursor).toBeNull();
    for (const query of [`?sort=name&cursor=${first.nextCursor}`, "?cursor=bm9uc2Vuc2U"]) {
      const reply = await get(`/v1/products${query}`);
      expect(reply.statusCode).toBe(400);
      expect(reply.json()).toMatchObject({ code: "request.invalid", errors: [{ path: "cursor" }] });
    }
  });

  it("finds by text and says what it searched instead of a misspelt word", async () => {
    expect(slugs(await list("?q=mug"))).toEqual(expect.arrayContaining(["stoneware-mug", "enamel-mug"]));
    const corrected = await list("?q=stonewear");
    expect(slugs(corrected)).toEqual(["stoneware-mug"]);
    expect(corrected.correctedQuery).toBe("stoneware");
    expect(slugs(await list("?q=leuchte", { "accept-language": "de" }))).toEqual(["table-lamp"]);
    expect(await list("?q=zzzzqqqq")).toMatchObject({ items: [], total: 0, priceRange: null });
  });

  it("answers 404 for a category that is not there and 400 for what it does not know", async () => {
    const reply = await get("/v1/products?category=nowhere");
    expect([reply.statusCode, reply.json().code]).toEqual([404, "category.not_found"]);
    expect((await get("/v1/products?colourr=blue")).statusCode).toBe(400);
    expect((await get("/v1/products?limit=1000")).statusCode).toBe(400);
  });

  it("gives the same bytes and ETag again, and 304 to who has them", async () => {
    const url = "/v1/products?brand=Lumen";
    const [first, second] = [await get(url), await get(url)];
    const headers = ["etag", "cache-control", "vary", "content-language", "content-type", "content-length"];
    for (const name of headers) expect([name, second.headers[name]]).toEqual([name, first.headers[name]]);
    expect(first.headers["cache-control"]).toBe("public, max-age=1");
    expect(second.body).toBe(first.body);
    expect(second.headers["x-request-id"]).toBeTruthy();
    expect(second.headers["x-request-id"]).not.toBe(first.headers["x-request-id"]);
    for (const tag of [first.headers.etag!, `W/${first.headers.etag}`, `"other", ${first.headers.etag}`]) {
      const unchanged = await get(url, { "if-none-match": tag });
      expect([unchanged.statusCode, unchanged.body, unchanged.headers.etag]).toEqual([304, "", first.headers.etag]);
    }
    const other = await get(url, { "accept-language": "de", "if-none-match": first.headers.etag! });
    expect(other.statusCode).toBe(200);
  });
});

describe(title(contract.getProduct), () => {
  it("gives everything a page needs", async () => {
    const reply = await get("/v1/products/stoneware-mug");
    const product = contract.getProduct.success.body.parse(reply.json());
    expect(product).toMatchObject({
      name: "Stoneware Mug",
      description: "All about Stoneware Mug.",
      categories: [{ slug: "mugs", name: "Mugs" }],
      options: [{ name: "colour", label: "Colour", values: [{ value: "blue", label: "Blue" }, { value: "sand" }] }],
      attributes: [
        { name: "material", label: "Material", values: ["Stoneware"] },
        { name: "colour", values: ["Blue", "Sand"] },
      ],
      variants: [
        { sku: "MUG-BLUE", options: { colour: "blue" }, price: { amount: 1800 }, available: 5, image: 0 },
        { sku: "MUG-SAND", price: { amount: 1900 }, available: 0, image: 1 },
      ],
    });
    expect(product.related.map(({ slug }) => slug)).toEqual(["enamel-mug"]);
  });

  it("shows German texts and pounds", async () => {
    const reply = await get("/v1/products/stoneware-mug?currency=GBP", { "accept-language": "de" });
    expect(reply.json()).toMatchObject({
      name: "Steinzeugbecher",
      options: [{ label: "Farbe", values: [{ label: "Blau" }, {}] }],
      variants: [{ price: { amount: 1600, currency: "GBP" } }, {}],
    });
    expect(reply.json().variants[0]).not.toHaveProperty("compareAtPrice");
  });

  it("answers 404 for a product that is not there", async () => {
    const reply = await get("/v1/products/nothing");
    expect([reply.statusCode, reply.json().code]).toEqual([404, "product.not_found"]);
  });
});

describe(title(contract.suggest), () => {
  it("suggests products, categories and queries while the shopper types", async () => {
    const reply = await get("/v1/suggestions?q=mu");
    const { products, categories, queries } = contract.suggest.success.body.parse(reply.json());
    expect(products.map(({ slug }) => slug).toSorted()).toEqual(["enamel-mug", "stoneware-mug"]);
    expect(categories).toEqual([{ slug: "mugs", name: "Mugs" }]);
    expect(queries).toEqual(["mug"]);
  });
});

describe(title(contract.lookUpVariants), () => {
  const lookUp = (skus: string[], market = { currency: "EUR", locale: "en" }, headers = callBy("cart")) =>
    service.app.inject({
      method: "POST",
      url: contract.lookUpVariants.path,
      headers,
      payload: { skus, ...market },
    });

  it("gives names, prices and availability in the order asked, and leaves out unknown SKUs", async () => {
    const reply = await lookUp(["LAMP-BRASS", "NOT-THERE", "MUG-SAND", "MUG-SAND"], { currency: "USD", locale: "de" });
    const { items } = contract.lookUpVariants.success.body.parse(reply.json());
    expect(items).toMatchObject([
      { sku: "LAMP-BRASS", name: "Tischleuchte", unitPrice: { amount: 8900, currency: "EUR" }, optionsText: "" },
      {
        sku: "MUG-SAND",
        slug: "stoneware-mug",
        optionsText: "Sand",
        unitPrice: { amount: 2000, currency: "USD" },
        image: { url: "/media/products/stoneware-mug-sand-1200.webp" },
        weightGrams: 400,
        available: 0,
      },
    ]);
  });

  it("is for the cart and the order service only", async () => {
    expect((await lookUp(["MUG-BLUE"], undefined, callBy("user"))).statusCode).toBe(403);
    expect((await lookUp(["MUG-BLUE"], undefined, {} as never)).statusCode).toBe(401);
  });
});

describe(title(contract.holdStock), () => {
  const hold = (orderId: string, lines: unknown, headers: Record<string, string> = callBy("order")) =>
    service.app.inject({
      method: "PUT",
      url: `/internal/holds/${orderId}`,
      headers,
      payload: { lines, until: "2030-01-01T00:00:00.000Z" },
    });

  it("holds stock, at once visible to lookups and soon to pages", async () => {
    const orderId = crypto.randomUUID();
    const before = await get("/v1/products/enamel-mug");
    const reply = await hold(orderId, [{ sku: "ENAMEL-MUG", quantity: 2 }]);
    expect(reply.json()).toEqual({ orderId, until: "2030-01-01T00:00:00.000Z" });
    await service.view.refresh();
    const after = await get("/v1/products/enamel-mug", { "if-none-match": before.headers.etag! });
    expect(after.json().variants[0].available).toBe(before.json().variants[0].available - 2);
  });

  it("answers 409 with every short line", async () => {
    const lines = [
      { sku: "TRAY-OAK", quantity: 1 },
      { sku: "LAMP-BRASS", quantity: 4 },
    ];
    const reply = await hold(crypto.randomUUID(), lines);
    expect(reply.statusCode).toBe(409);
    const problem = reply.json();
    expect(problem.code).toBe("stock.insufficient");
    expect(problem.lines.map((each: unknown) => contract.StockShortage.parse(each))).toEqual([
      { sku: "LAMP-BRASS", requested: 4, available: 3 },
      { sku: "TRAY-OAK", requested: 1, available: 0 },
    ]);
  });

  it("is for the order service only", async () => {
    const lines = [{ sku: "ENAMEL-MUG", quantity: 1 }];
    expect((await hold(crypto.randomUUID(), lines, callBy("cart"))).statusCode).toBe(403);
  });
});
