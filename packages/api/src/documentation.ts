import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { App } from './app.ts'

const JSON_PATH = '/api/v1/openapi.json'
const UI_PATH = '/api/v1/docs'

/**
 * Only what this server sends. Swagger UI draws icons from data URLs, and has one inline style: the
 * hash is that of its hidden icon sheet.
 */
const contentSecurityPolicy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': [
    "'self'",
    "'unsafe-hashes'",
    "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='",
  ],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/** Collects the schemas of all routes that follow. */
export async function addDocumentCollector(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Cirrus control API',
        version,
        description:
          'Domains, edge nodes, purges and certificates of the CDN. Every answer carries ' +
          '`X-Request-Id`; every refusal is a problem (RFC 9457) with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      security: [{ bearer: [] }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      tags: [
        { name: 'domains', description: 'Host names served by the CDN.' },
        { name: 'certificates', description: 'TLS certificates of domains.' },
        { name: 'nodes', description: 'Edge machines.' },
        { name: 'purges', description: 'Dropping cached objects.' },
        { name: 'events', description: 'What happened, in order.' },
        { name: 'system', description: 'Health, metrics, this document.' },
      ],
    },
    refResolver: {
      buildLocalReference: ({ $id }) => String($id),
    },
  })
}

/** The OpenAPI document and Swagger UI, which needs no internet. */
export async function addDocumentation(app: App): Promise<void> {
  app.get(
    JSON_PATH,
    {
      schema: {
        operationId: 'readOpenApi',
        summary: 'This document',
        tags: ['system'],
        security: [],
        response: {
          200: {
            description: 'OpenAPI 3.1.',
            content: {
              'application/json': { schema: {} },
            },
          },
        },
      },
    },
    async (_, reply) =>
      reply.serializer(JSON.stringify).type('application/json').send(app.swagger()),
  )
  await app.register(swaggerUi, {
    routePrefix: UI_PATH,
    staticCSP: contentSecurityPolicy,
    uiConfig: { layout: 'BaseLayout', deepLinking: true },
    theme: { title: 'Cirrus control API' },
  })
}
