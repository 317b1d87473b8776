# syntax=docker/dockerfile:1
# What a demo shop needs and a real one does not: the sandbox for third parties, and the catalogue with its pictures.
# Runs from its sources. Built from the repository's root: docker build --file deploy/compose/demo.Dockerfile .
ARG NODE_IMAGE=node:26.9.0-slim

FROM ${NODE_IMAGE}
WORKDIR /src
COPY . .
RUN npx -y pnpm@12.21.0 install --frozen-lockfile --prod \
    --filter "@tradepost/sandbox..." --filter "@tradepost/demo-catalogue..." \
  && install --directory --owner=1000 --group=1000 /data /demo /media
USER 1000:1000
CMD ["node", "tooling/sandbox/src/main.ts", "--help"]
