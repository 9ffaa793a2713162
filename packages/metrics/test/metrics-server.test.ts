import { apiMetrics } from '@cirrus/catalog'
import { Registry } from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import { type MetricsServer, createMetrics, createMetricsServer } from '../src/index.ts'

let server: MetricsServer | undefined

async function start(health?: () => boolean): Promise<string> {
  const registry = new Registry()
  createMetrics(registry, apiMetrics).storeUp.set(1)
  server = createMetricsServer({
    registry,
    host: '127.0.0.1',
    port: 0,
    ...(health === undefined ? {} : { health }),
  })
  return `http://127.0.0.1:${await server.start()}`
}

afterEach(() => server?.close())

describe('createMetricsServer', () => {
  it('serves the registry as text', async () => {
    const response = await fetch(`${await start()}/metrics`)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(await response.text()).toContain('cirrus_store_up 1')
  })

  it('tells healthy from unhealthy', async () => {
    let healthy = true
    const url = await start(() => healthy)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    healthy = false
    expect((await fetch(`${url}/healthz?x=1`)).status).toBe(503)
  })

  it('answers 500 when the health check throws', async () => {
    const url = await start(() => {
      throw new Error('broken')
    })
    expect((await fetch(`${url}/healthz`)).status).toBe(500)
  })

  it('shows the status of the process where there is one', async () => {
    expect((await fetch(`${await start()}/status`)).status).toBe(404)
    const withStatus = createMetricsServer({
      registry: new Registry(),
      host: '127.0.0.1',
      port: 0,
      status: () => ({ waiting: 3 }),
    })
    const answer = await fetch(`http://127.0.0.1:${await withStatus.start()}/status`)
    expect(await answer.json()).toEqual({ waiting: 3 })
    await withStatus.close()
  })

  it('answers 404 elsewhere', async () => {
    expect((await fetch(`${await start()}/other`)).status).toBe(404)
  })

  it('rejects a start on a port that is taken', async () => {
    const taken = Number(new URL(await start()).port)
    const second = createMetricsServer({ registry: new Registry(), host: '127.0.0.1', port: taken })
    await expect(second.start()).rejects.toThrow(/EADDRINUSE.*127\.0\.0\.1/)
    await second.close()
  })

  it('closes while a client keeps its connection', async () => {
    const url = await start()
    await (await fetch(`${url}/metrics`)).text()
    await server?.close()
    await expect(fetch(`${url}/metrics`)).rejects.toThrow()
  })
})
