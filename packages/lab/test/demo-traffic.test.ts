import { createServer } from 'node:http'
import { freePort, waitUntil } from '@cirrus/servers'
import { describe, expect, it } from 'vitest'
import { createOrigins } from '../src/origins/create-origins.ts'
import { createTraffic } from '../src/traffic/create-traffic.ts'
import { seededRandom } from '../src/traffic/random.ts'

const page = { method: 'GET', path: '/', isPersonal: false } as const
const tenant = { host: 'a.test', share: 1, wavePeriodMs: 1000, visit: () => page }

async function statusOf(port: number): Promise<number> {
  return (await fetch(`http://127.0.0.1:${port}/`)).status
}

describe('createTraffic', () => {
  it('visits at about the wanted pace, from many addresses, until it is stopped', async () => {
    const addresses = new Set<string | undefined>()
    const server = createServer((request, response) => {
      addresses.add(request.socket.remoteAddress)
      response.end('ok')
    })
    const httpPort = await freePort()
    await new Promise<void>((resolve) => server.listen(httpPort, '127.0.0.1', resolve))
    const edges = [{ httpPort, tlsPort: httpPort }]
    const options = { edges, tenants: [tenant], requestsPerSecond: 200, nowMs: () => 0 }
    const startMs = performance.now()
    const traffic = createTraffic({ ...options, random: seededRandom(1) })
    await waitUntil(() => traffic.answered() >= 100)
    const seconds = (performance.now() - startMs) / 1000
    traffic.stop()
    server.close().closeAllConnections()

    // Part of the visits speak TLS, which this server does not.
    expect(traffic.answered() / seconds).toBeLessThan(400)
    expect(addresses.size).toBeGreaterThan(10)
  })

  it('sends no more than a bounded number at a time', async () => {
    let open = 0
    let most = 0
    const server = createServer(() => undefined)
    server.on('connection', (socket) => {
      open += 1
      most = Math.max(most, open)
      socket.once('close', () => (open -= 1))
    })
    const httpPort = await freePort()
    await new Promise<void>((resolve) => server.listen(httpPort, '127.0.0.1', resolve))
    const traffic = createTraffic({
      edges: [{ httpPort, tlsPort: httpPort }],
      tenants: [tenant],
      requestsPerSecond: 500,
      random: () => 0.5,
      nowMs: () => 0,
    })
    await waitUntil(() => open >= 64)
    await waitUntil(() => open >= 65, { timeoutMs: 500 }).catch(() => undefined)
    traffic.stop()
    server.close().closeAllConnections()
    expect(most).toBe(64)
  })
})

describe('createOrigins', () => {
  it('breaks and heals one site and leaves the others alone', async () => {
    const [controlPort, newsPort, shopPort, videoPort] = await Promise.all([
      freePort(),
      freePort(),
      freePort(),
      freePort(),
    ])
    const config = { host: '127.0.0.1', controlPort, newsPort, shopPort, videoPort }
    const origins = await createOrigins(config, { nowMs: () => 0, random: () => 0.5 })
    const fault = (method: string, site: string): Promise<Response> =>
      fetch(`http://127.0.0.1:${controlPort}/faults/${site}`, { method })

    await fault('PUT', 'shop')
    expect([await statusOf(newsPort), await statusOf(shopPort)]).toEqual([200, 500])
    await fault('DELETE', 'shop')
    expect(await statusOf(shopPort)).toBe(200)
    expect((await fault('PUT', 'bank')).status).toBe(404)
    origins.close()
  })
})
