import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { DOCS_POLICY } from '../browser/security-headers.js';
import type { JsonSchema } from './json-schemas.js';

const require = createRequire(import.meta.url);

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>SelfOS API</title>
    <link rel="stylesheet" href="/docs/assets/swagger-ui.css">
    <link rel="icon" href="/docs/assets/favicon-32x32.png">
  </head>
  <body>
    <div id="api"></div>
    <script src="/docs/assets/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
const START = `window.SwaggerUIBundle({ url: '/docs/openapi.json', dom_id: '#api', deepLinking: true, validatorUrl: null, docExpansion: 'list' });\n`;
const ASSETS = /^\/(?:swagger-ui\.css|swagger-ui-bundle\.js|favicon-32x32\.png)$/;

/** The documentation: the document itself, and a page that shows it from our own assets, without any other host. */
export async function serveDocs(server: FastifyInstance, document: JsonSchema): Promise<void> {
  const text = JSON.stringify(document);
  server.get('/docs', (_request, reply) => reply.header('content-security-policy', DOCS_POLICY).type('text/html; charset=utf-8').send(PAGE));
  server.get('/docs/', (_request, reply) => reply.redirect('/docs', 308));
  server.get('/docs/start.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  server.get('/docs/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(text));
  await server.register(fastifyStatic, {
    root: dirname(require.resolve('swagger-ui-dist/package.json')),
    prefix: '/docs/assets/',
    index: false,
    decorateReply: false,
    cacheControl: false,
    allowedPath: (path) => ASSETS.test(path),
  });
}
