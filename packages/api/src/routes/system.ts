import type { apiMetrics } from '@cirrus/catalog'
import type { Instruments } from '@cirrus/metrics'
import type { Store } from '@cirrus/store'
import type { Registry } from 'prom-client'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { json, problems } from '../schemas/shared.ts'

interface SystemOptions {
  readonly store: Pick<Store, 'ping'>
  readonly registry: Registry
  readonly storeUp: Instruments<typeof apiMetrics>['storeUp']
}

const tags = ['system']
const openToAll = { tags, security: [] }
const ok = json('It does.', Type.Object({ status: Type.Literal('ok') }))

/** What probes and Prometheus ask; nobody needs a token for it. */
export function addSystemRoutes(app: App, { store, registry, storeUp }: SystemOptions): void {
  app.get(
    '/healthz',
    {
      schema: {
        operationId: 'checkHealth',
        summary: 'Whether the process runs',
        ...openToAll,
        response: { 200: ok },
      },
    },
    async () => ({ status: 'ok' as const }),
  )
  app.get(
    '/readyz',
    {
      schema: {
        operationId: 'checkReadiness',
        summary: 'Whether requests can be served: Redis answers',
        ...openToAll,
        response: { 200: ok, ...problems('storeUnavailable') },
      },
    },
    async () => {
      await store.ping()
      return { status: 'ok' as const }
    },
  )
  app.get(
    '/metrics',
    {
      schema: {
        operationId: 'readMetrics',
        summary: 'Metrics in the text format of Prometheus',
        ...openToAll,
        response: {
          200: { description: 'Metrics.', content: { 'text/plain': { schema: Type.String() } } },
        },
      },
    },
    async (_, reply) => {
      storeUp.set(await answers(store))
      return reply
        .type(registry.contentType)
        .serializer(String)
        .send(await registry.metrics())
    },
  )
}

async function answers(store: Pick<Store, 'ping'>): Promise<0 | 1> {
  return store.ping().then(
    () => 1,
    () => 0,
  )
}
