// Bare Fastify with one indexed find by the raw driver: a page of products by its place, or one product by its slug.
import Fastify from "fastify";
import { MongoClient } from "mongodb";

const { PORT, MONGODB_URL = "" } = process.env;
const mongo = new MongoClient(MONGODB_URL, { maxPoolSize: 20 });
interface Listed {
  slug: string;
  updatedAt: Date;
}
const products = mongo.db().collection<Listed>("products");
const summary = { slug: 1, name: 1, brand: 1, images: { $slice: 1 }, "variants.prices": 1, rating: 1 };

const app = Fastify();
app.get<{ Querystring: { after: string } }>("/v1/products", async ({ query }) => {
  const after = { updatedAt: { $gte: new Date(Number(query.after)) } };
  return { items: await products.find(after, { projection: summary }).sort({ updatedAt: 1 }).limit(20).toArray() };
});
app.get<{ Params: { slug: string } }>("/v1/products/:slug", ({ params }) => products.findOne({ slug: params.slug }));
await app.listen({ port: Number(PORT), host: "127.0.0.1" });
