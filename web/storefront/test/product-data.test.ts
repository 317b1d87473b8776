import type { Product } from "@tradepost/contracts/product";
import { expect, it } from "vitest";
import { productData } from "../src/features/product/structured-data.tsx";

const product: Product = {
  id: "019ac1d2-5b7e-7c4a-8f00-000000000001",
  slug: "mug",
  name: "Mug </script>",
  description: "Holds coffee.",
  brand: "Klay",
  categories: [],
  images: [{ url: "/media/mug.webp", thumbnailUrl: "/media/mug-s.webp", alt: "", width: 1200, height: 1200 }],
  options: [],
  attributes: [],
  variants: [
    { sku: "MUG-BLUE", options: {}, price: { amount: 1290, currency: "EUR" }, available: 0 },
    { sku: "MUG-RED", options: {}, price: { amount: 900, currency: "EUR" }, available: 2 },
  ],
  rating: null,
  related: [],
};

it("tells search engines each variant's price as a decimal and whether it can be had", () => {
  expect(productData(product, "https://shop.example")).toMatchObject({
    "@type": "Product",
    image: ["https://shop.example/media/mug.webp"],
    offers: [
      { sku: "MUG-BLUE", price: "12.90", priceCurrency: "EUR", availability: "https://schema.org/OutOfStock" },
      { sku: "MUG-RED", price: "9.00", availability: "https://schema.org/InStock" },
    ],
  });
  expect(productData(product, "https://shop.example")).not.toHaveProperty("aggregateRating");
});
