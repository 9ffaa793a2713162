import type { Business, Environment, Team } from '@cirrus/catalog'
import { connectStore } from '@cirrus/store'
import type { ComponentName, Secrets, Surroundings } from './component.ts'
import { createDemoCertificate } from './demo-certificate.ts'
import { SeedError } from './errors.ts'
import { redisUrl } from './redis-url.ts'
import type { Runtime } from './runtime.ts'

interface DemoDomain {
  readonly name: string
  readonly site: 'news' | 'shop' | 'video'
  readonly cacheTtlSeconds: number
  readonly env: Environment
  readonly team: Team
  readonly business: Business
  /** One of the three is about to expire, so that the certificates dashboard has something to say. */
  readonly certificateDays: number
}

export const demoDomains: readonly DemoDomain[] = [
  {
    name: 'news.demo.test',
    site: 'news',
    cacheTtlSeconds: 60,
    env: 'production',
    team: 'newsroom',
    business: 'news',
    certificateDays: 90,
  },
  {
    name: 'shop.demo.test',
    site: 'shop',
    cacheTtlSeconds: 30,
    env: 'production',
    team: 'commerce',
    business: 'retail',
    certificateDays: 9,
  },
  {
    name: 'video.demo.test',
    site: 'video',
    cacheTtlSeconds: 300,
    env: 'production',
    team: 'media',
    business: 'video',
    certificateDays: 200,
  },
]

const edges: readonly ComponentName[] = ['edge-a', 'edge-b']
const TIMEOUT_MS = 10_000

/** Stores the demo tenants, nodes and certificates; doing it again changes nothing. */
export async function seed(
  { inside, outside, reachesRedis }: Pick<Runtime, 'inside' | 'outside' | 'reachesRedis'>,
  secrets: Secrets,
): Promise<void> {
  const api = { place: outside, secrets }
  for (const domain of demoDomains) {
    const [host = '', port] = inside.address('origins', domain.site).split(':')
    await put(api, `domains/${domain.name}`, {
      origins: [{ scheme: 'http', host, port: Number(port) }],
      cache: { enable: true, ttl: domain.cacheTtlSeconds },
      upstream_headers: { 'X-Site': domain.site },
      env: domain.env,
      team: domain.team,
      business: domain.business,
    })
  }
  for (const id of edges) {
    const [address = '', port] = inside.address(id, 'metrics').split(':')
    await put(api, `nodes/${id}`, { address, health_port: Number(port), region: 'local' })
  }
  if (reachesRedis) await seedCertificates(api)
}

async function put({ place, secrets }: Surroundings, path: string, body: object): Promise<void> {
  const url = `http://${place.address('api')}/api/v1/${path}`
  const response = await fetch(url, {
    method: 'PUT',
    headers: { authorization: `Bearer ${secrets.masterToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  const text = await response.text()
  if (!response.ok) throw new SeedError(`PUT ${url} was answered with ${response.status}: ${text}`)
}

/** The API takes no certificates yet (orders bring them), so these go straight to the store. */
async function seedCertificates(surroundings: Surroundings): Promise<void> {
  const store = await connectStore({ url: redisUrl(surroundings) })
  try {
    for (const { name, certificateDays } of demoDomains) {
      const kept = await store.certificates.get(name)
      if (kept && Date.parse(kept.not_after) > Date.now()) continue
      const certificate = await createDemoCertificate(name, certificateDays)
      const context = { caller: 'lab', requestId: `seed-${name}` }
      await store.certificates.put({ domain: name, ...certificate }, context)
    }
  } finally {
    await store.close()
  }
}
