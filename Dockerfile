# One image for all services; compose.yaml says which one a container runs.
FROM node:24-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
WORKDIR /app
COPY --from=build /app ./
RUN install --directory --owner=node --group=node data
USER node
CMD ["node", "dist/start.js"]
