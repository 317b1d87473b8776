import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCatalogueStore } from "../../src/storage/catalogue-store.ts";
import { createImportStore } from "../../src/storage/import-store.ts";
import { createCatalogueView } from "../../src/use-cases/follow-catalogue.ts";
import { importCatalogue } from "../../src/use-cases/import-catalogue.ts";
import { generateCatalogue } from "../generated-catalogue.ts";
import { mongoServers, openDatabase } from "../mongo-servers.ts";
import { smallCatalogue } from "../small-catalogue.ts";
import { line, newOrder, stockOf, until } from "../stock-harness.ts";

describe.each(await mongoServers())("the catalogue on $name", ({ url }) => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let bringIn: ReturnType<typeof importCatalogue>;
  let store: ReturnType<typeof createCatalogueStore>;
  beforeAll(async () => {
    database = await openDatabase(url);
    bringIn = importCatalogue({ store: createImportStore(database.collections), location: "main" });
    store = createCatalogueStore(database.collections);
  });
  beforeEach(async () => {
    for (const collection of Object.values(database.collections)) await collection.deleteMany({});
  });
  afterAll(() => database.drop());

  it("comes in once: the same file again changes nothing", async () => {
    expect(await bringIn(smallCatalogue)).toEqual({ categories: 3, products: 4, stock: 5 });
    const before = await store.product("stoneware-mug");
    expect(await bringIn(smallCatalogue)).toEqual({ categories: 0, products: 0, stock: 0 });
    expect(await store.product("stoneware-mug")).toEqual(before);
  });

  it("changes what differs and never resets stock", async () => {
    await bringIn(smallCatalogue);
    await stockOf(database.collections).hold(newOrder(), [line("MUG-BLUE", 2)], until());
    const [mug, ...others] = smallCatalogue.products;
    const renamed = { ...mug!, name: { en: "Big Mug" }, variants: mug!.variants.map((v) => ({ ...v, stock: 99 })) };
    expect(await bringIn({ ...smallCatalogue, products: [renamed, ...others] })).toEqual({
      categories: 0,
      products: 1,
      stock: 0,
    });
    expect((await store.product("stoneware-mug"))?.name).toEqual({ en: "Big Mug" });
    expect(await database.collections.stock.findOne({ sku: "MUG-BLUE" })).toMatchObject({ onHand: 5, available: 3 });
  });

  it("is refused when it names a category that is not there", async () => {
    const [mug] = smallCatalogue.products;
    const broken = { ...smallCatalogue, products: [{ ...mug!, categorySlugs: ["nowhere"] }] };
    await expect(bringIn(broken)).rejects.toThrow("product stoneware-mug: there is no category nowhere");
  });

  it("is imported by two at once as by one", async () => {
    const results = await Promise.all([bringIn(smallCatalogue), bringIn(smallCatalogue)]);
    expect(results).toHaveLength(2);
    expect(await database.collections.products.countDocuments()).toBe(4);
    expect(await database.collections.stock.countDocuments()).toBe(5);
  });

  it("refuses a slug and a SKU that another product has", async () => {
    await bringIn(smallCatalogue);
    const [mug, enamel] = smallCatalogue.products;
    const { collections } = database;
    const taken = await collections.products.findOne({ slug: mug!.slug });
    const twin = { ...taken!, _id: "0190a000-0000-7000-8000-999999999999" };
    await expect(collections.products.insertOne({ ...twin, variants: [] })).rejects.toMatchObject({ code: 11000 });
    const [variant] = twin.variants;
    await expect(collections.products.insertOne({ ...twin, slug: "x", variants: [variant!] })).rejects.toMatchObject({
      code: 11000,
    });
    expect(enamel!.slug).toBe("enamel-mug");
  });

  it("is read in batches in the order of change, however large", async () => {
    const file = generateCatalogue(1_200);
    await bringIn(file);
    const ids = new Set<string>();
    let latest = 0;
    for await (const batch of store.productsChangedSince(new Date(0))) {
      for (const { id, updatedAt } of batch) {
        expect(updatedAt.getTime()).toBeGreaterThanOrEqual(latest);
        latest = updatedAt.getTime();
        ids.add(id);
      }
    }
    expect(ids.size).toBe(1_200);
  });

  it("shows changes in the view at its next reading", async () => {
    await bringIn(smallCatalogue);
    const view = createCatalogueView(store);
    await view.refresh();
    const first = view.version();
    expect(view.index().productCount()).toBe(4);
    expect(view.index().available("MUG-BLUE")).toBe(5);
    expect(view.categories().all.map(({ slug }) => slug)).toEqual(["kitchen", "mugs", "lighting"]);
    await view.refresh();
    expect(view.version()).toBe(first);

    await stockOf(database.collections).hold(newOrder(), [line("MUG-BLUE", 2)], until());
    await view.refresh();
    expect(view.index().available("MUG-BLUE")).toBe(3);
    expect(view.version()).not.toBe(first);

    const [mug, ...others] = smallCatalogue.products;
    await bringIn({ ...smallCatalogue, products: [{ ...mug!, brand: "Elsewhere" }, ...others] });
    await view.refresh();
    expect(view.index().get(mug!.id)?.product.brand).toBe("Elsewhere");
  });

  it("shows the same version in every view of it, and adds up stock of several locations", async () => {
    await bringIn(smallCatalogue);
    const [early, late] = [createCatalogueView(store), createCatalogueView(store)];
    await early.refresh();
    await importCatalogue({ store: createImportStore(database.collections), location: "annex" })(smallCatalogue);
    await early.refresh();
    await late.refresh();
    expect(early.version()).toBe(late.version());
    expect(early.index().available("ENAMEL-MUG")).toBe(24);
  });

  it("keeps its view small however often products change", async () => {
    await bringIn(smallCatalogue);
    const view = createCatalogueView(store);
    await view.refresh();
    const [mug] = smallCatalogue.products;
    const product = (await store.product(mug!.slug))!;
    for (let n = 0; n < 1_100; n++) view.index().put({ ...product, updatedAt: new Date(n) });
    expect(view.index().deadCount()).toBe(1_100);
    await view.refresh();
    expect(view.index().deadCount()).toBe(0);
    expect(view.index().productCount()).toBe(4);
    expect(view.index().available("MUG-BLUE")).toBe(5);
  });
});
