// Run once by the mongo image, for an empty volume: the product service may use its own database and nothing else.
db.getSiblingDB("product").createUser({
  user: "product",
  pwd: process.env.MONGO_PASSWORD,
  roles: [{ role: "readWrite", db: "product" }],
});
