// Bare Fastify that sends the same bytes from memory: the ceiling for anything Fastify serves.
import { readFileSync } from "node:fs";
import Fastify from "fastify";

const { PORT, BODY_FILE = "" } = process.env;
const body = readFileSync(BODY_FILE);

const app = Fastify();
app.get("/*", (_request, reply) => reply.type("application/json; charset=utf-8").send(body));
await app.listen({ port: Number(PORT), host: "127.0.0.1" });
