import { randomUUID } from 'node:crypto'
import { apiMetrics } from '@cirrus/catalog'
import type { Logger } from '@cirrus/logging'
import { createMetrics } from '@cirrus/metrics'
import type { Store } from '@cirrus/store'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { fastify } from 'fastify'
import type { Registry } from 'prom-client'
import type { App } from './app.ts'
import { addAuthentication } from './authentication.ts'
import { addBodyParser } from './body-parser.ts'
import { answerClientError } from './client-error.ts'
import type { ApiConfig } from './config.ts'
import { domainResource, nodeResource } from './document-resources.ts'
import { addDocumentCollector, addDocumentation } from './documentation.ts'
import { watchMethods } from './method-not-allowed.ts'
import { addProblems, sendProblem } from './problems.ts'
import { createRequestIds } from './request-id.ts'
import { type Observe, createObserve } from './request-log.ts'
import { addCertificateRoutes } from './routes/certificates.ts'
import { addDocumentRoutes } from './routes/documents.ts'
import { addEventRoutes } from './routes/events.ts'
import { addPurgeRoutes } from './routes/purges.ts'
import { addSystemRoutes } from './routes/system.ts'
import { sharedSchemas } from './shared-schemas.ts'
import { createValidator } from './validator.ts'

const VERSION = '1.0.0'
const MAX_BODY_BYTES = 1024 * 1024
const REQUEST_TIMEOUT_MS = 30_000
const HANDLER_TIMEOUT_MS = 15_000
/** Longer than load balancers keep idle connections, so that they close first. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000
/** A percent-encoded domain name fits. */
const MAX_PARAM_LENGTH = 800

export interface AppOptions {
  readonly config: Pick<ApiConfig, 'masterToken'>
  readonly store: Store
  readonly registry: Registry
  readonly logger: Logger
  /** Makes request ids. */
  readonly newId?: () => string
}

/** The API, ready to listen or to be injected with requests. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { config, store, registry, logger, newId = randomUUID } = options
  const metrics = createMetrics(registry, apiMetrics)
  const observe = createObserve({ logger, metrics })
  const app = createServer(newId, observe)
  const refuseOtherMethods = watchMethods(app)
  app.addHook('onRequest', async (request, reply) => observe(request, reply))
  addProblems(app)
  for (const schema of sharedSchemas) app.addSchema(schema)
  app.setValidatorCompiler(createValidator(sharedSchemas))
  await addDocumentCollector(app, VERSION)
  addSystemRoutes(app, { store, registry, storeUp: metrics.storeUp })
  await addDocumentation(app)
  await app.register(
    async (api: App) => {
      addAuthentication(api, config.masterToken)
      addDocumentRoutes(api, domainResource(store))
      addDocumentRoutes(api, nodeResource(store))
      addCertificateRoutes(api, store)
      addPurgeRoutes(api, store)
      addEventRoutes(api, store)
    },
    { prefix: '/api/v1' },
  )
  refuseOtherMethods()
  await app.ready()
  return app
}

function createServer(newId: () => string, observe: Observe): App {
  const app = fastify({
    logger: false,
    genReqId: createRequestIds(newId),
    requestIdHeader: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: HANDLER_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    forceCloseConnections: 'idle',
    // While closing, requests on open connections are still answered.
    return503OnClosing: false,
    // Paths that cannot be decoded reach no hook.
    frameworkErrors(error, request, reply) {
      observe(request, reply)
      sendProblem(error, request, reply)
    },
    clientErrorHandler: answerClientError,
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.decorateRequest('caller', '')
  app.decorateRequest('outcome')
  addBodyParser(app)
  return app
}
