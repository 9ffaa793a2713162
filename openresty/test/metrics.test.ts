import { execFileSync } from 'node:child_process'
import { OVERFLOW_VALUE, UNKNOWN_VALUE, edgeMetrics, labels } from '@cirrus/catalog'
import {
  type RunningEdge,
  type RunningRedis,
  requireServer,
  startEdge,
  startRedis,
  whyMissing,
} from '@cirrus/servers'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type LogLine,
  type Origin,
  accessLog,
  ask,
  originOf,
  putDomain,
  redisClient,
  scrape,
  scrapeText,
  startOrigin,
} from './fixture.ts'

interface Family {
  readonly type: string
  readonly help: string
  readonly labels: readonly string[]
}

/** Families of a page in the text format, with the label names of their samples. */
function familiesOf(text: string): Readonly<Record<string, Family>> {
  const families: Record<string, Family> = {}
  for (const section of text.split('# HELP ').slice(1)) {
    const [, name = '', help = ''] = /^(\S+) (.*)/.exec(section) ?? []
    const [, type = ''] = /# TYPE \S+ (\S+)/.exec(section) ?? []
    const names = [...section.matchAll(/[{,]([a-z_]+)="/g)].map((match) => match[1] ?? '')
    families[name] = { type, help, labels: [...new Set(names)].filter((label) => label !== 'le') }
  }
  return families
}

function sum(lines: readonly LogLine[], field: string): number {
  return lines.reduce((total, line) => total + Number(line[field]), 0)
}

const noPromtool = await whyMissing('promtool')

describe('metrics', () => {
  let server: RunningRedis
  let redis: Redis
  let edge: RunningEdge
  let origin: Origin
  let failing: Origin

  beforeAll(async () => {
    server = await startRedis()
    redis = redisClient(server.url)
    origin = await startOrigin()
    failing = await startOrigin((_, response) => void setTimeout(() => response.destroy(), 5))
    edge = await startEdge({ redisUrl: server.url, node: 'edge-t', workerProcesses: 2 })
    const origins = [originOf(failing.port), originOf(origin.port)]
    await putDomain(redis, 'm.test', { origins })
    await putDomain(redis, 'n.test', { origins: [originOf(failing.port)], team: 'media' })
  })

  afterAll(async () => {
    await edge?.stop()
    redis?.disconnect()
    await server?.stop()
    await Promise.all([origin?.stop(), failing?.stop()])
  })

  it('count what the log lines say', async () => {
    for (let i = 0; i < 60; i += 1) {
      await ask(edge, { host: i % 3 === 0 ? 'n.test' : 'm.test', path: `/${i % 20}` })
      if (i % 10 === 0) await ask(edge, { host: `nobody-${i}.test` })
    }
    const lines = await accessLog(edge, 66)
    const samples = await scrape(edge)
    for (const host of ['m.test', 'n.test', UNKNOWN_VALUE]) {
      const ours = lines.filter(({ domain }) => domain === host)
      for (const status of new Set(ours.map((line) => line['status']))) {
        const key = `nginx_http_requests_total{host="${host}",status="${status}"}`
        const count = ours.filter((line) => line['status'] === status).length
        expect([key, samples.get(key)]).toEqual([key, count])
      }
      for (const cache of new Set(ours.map((line) => line['cache']))) {
        const some = ours.filter((line) => line['cache'] === cache)
        const pair = `{host="${host}",status="${cache}"}`
        expect(samples.get(`nginx_cache_status_total${pair}`)).toBe(some.length)
        expect(samples.get(`nginx_cache_bytes_total${pair}`)).toBe(sum(some, 'bytes_out'))
      }
      const one = `{host="${host}"}`
      expect(samples.get(`nginx_http_request_duration_seconds_count${one}`)).toBe(ours.length)
      expect(samples.get(`nginx_http_request_duration_seconds_sum${one}`)).toBeCloseTo(
        sum(ours, 'duration'),
        3,
      )
      expect(samples.get(`nginx_http_response_bytes_total${one}`)).toBe(sum(ours, 'bytes_out'))
      expect(samples.get(`nginx_http_request_bytes_total${one}`)).toBe(sum(ours, 'bytes_in'))
      expect(samples.get(`nginx_upstream_bytes_total${one}`) ?? 0).toBe(sum(ours, 'origin_bytes'))
    }
    const attempts = [...samples].filter(([key]) => key.startsWith('nginx_upstream_requests_total'))
    expect(attempts.reduce((total, [, value]) => total + value, 0)).toBe(
      sum(lines, 'origin_requests'),
    )
    const errors = `nginx_upstream_errors_total{host="n.test",origin="127.0.0.1:${failing.port}"}`
    expect(samples.get(errors)).toBe(20)
    expect(samples.get('nginx_metric_errors_total')).toBe(0)
  })

  it('are those of the catalog, all of them, with the same type, help and labels', async () => {
    const expected = Object.values(edgeMetrics).map(({ name, kind, help, labels: wanted }) => [
      name,
      { type: kind === 'info' ? 'gauge' : kind, help, labels: wanted.map((label) => label.name) },
    ])
    expect(familiesOf(await scrapeText(edge))).toEqual(Object.fromEntries(expected))
  })

  it.skipIf(noPromtool !== undefined)(
    `please promtool${noPromtool ? `: ${noPromtool}` : ''}`,
    async () => {
      const promtool = await requireServer('promtool')
      const input = await scrapeText(edge)
      expect(execFileSync(promtool, ['check', 'metrics'], { input, encoding: 'utf8' })).toBe('')
    },
  )

  it('say who owns a domain, and who owns what belongs to none', async () => {
    const owners = [...(await scrape(edge)).keys()].filter((key) =>
      key.startsWith('cirrus_domain_info'),
    )
    const nobody = 'env="production",team="platform",business="internal"'
    expect(owners.toSorted()).toEqual([
      `cirrus_domain_info{host="${OVERFLOW_VALUE}",${nobody}}`,
      `cirrus_domain_info{host="${UNKNOWN_VALUE}",${nobody}}`,
      'cirrus_domain_info{host="m.test",env="production",team="newsroom",business="news"}',
      'cirrus_domain_info{host="n.test",env="production",team="media",business="news"}',
    ])
  })

  it('agree with themselves in every scrape, also while requests are counted', async () => {
    const traffic = new AbortController()
    const ended = (async () => {
      while (!traffic.signal.aborted) {
        await Promise.all(
          Array.from({ length: 10 }, () => ask(edge, { host: 'm.test', path: '/1' })),
        )
      }
    })()
    try {
      let last = 0
      for (let i = 0; i < 15; i += 1) {
        const samples = await scrape(edge)
        const buckets = [...samples].filter(([key]) =>
          key.startsWith('nginx_http_request_duration_seconds_bucket{host="m.test"'),
        )
        const counts = buckets.map(([, value]) => value)
        expect(counts).toHaveLength(12)
        expect(counts).toEqual(counts.toSorted((a, b) => a - b))
        const total = samples.get('nginx_http_request_duration_seconds_count{host="m.test"}') ?? 0
        expect(counts.at(-1)).toBe(total)
        expect(total).toBeGreaterThanOrEqual(last)
        last = total
      }
    } finally {
      traffic.abort()
      await ended
    }
  })

  it('survive a reload of the configuration', async () => {
    const key = 'nginx_http_requests_total{host="m.test",status="200"}'
    const before = (await scrape(edge)).get(key) ?? 0
    process.kill(edge.pid, 'SIGHUP')
    await ask(edge, { host: 'm.test', path: '/1' })
    expect((await scrape(edge)).get(key)).toBe(before + 1)
  })

  it('have a bounded number of hosts, however many domains there are', async () => {
    const { bound } = labels.host
    const names = Array.from({ length: bound + 3 }, (_, i) => `many-${i}.test`)
    for (const name of names) await putDomain(redis, name, { origins: [originOf(origin.port)] })
    for (let i = 0; i < names.length; i += 10) {
      await Promise.all(names.slice(i, i + 10).map((host) => ask(edge, { host })))
    }
    const samples = [...(await scrape(edge))].filter(([key]) =>
      key.startsWith('nginx_http_request_duration_seconds_count'),
    )
    const overflow = samples.find(([key]) => key.includes(OVERFLOW_VALUE))
    // m.test and n.test were there before; __unknown__ and __other__ take no place.
    expect(samples).toHaveLength(bound + 2)
    expect(overflow?.[1]).toBe(5)
    expect((await scrape(edge)).get('nginx_metric_errors_total')).toBe(0)
  })

  it('count no more hosts for hosts that are not configured', async () => {
    const before = (await scrape(edge)).size
    for (let i = 0; i < 20; i += 1) await ask(edge, { host: `made-up-${i}.test` })
    expect((await scrape(edge)).size).toBe(before)
  })
})

describe('the metrics port', () => {
  let server: RunningRedis
  let edge: RunningEdge

  beforeAll(async () => {
    server = await startRedis()
    edge = await startEdge({ redisUrl: server.url, node: 'edge-t' })
  })

  afterAll(async () => {
    await edge?.stop()
    await server?.stop()
  })

  it('has nothing but metrics and health', async () => {
    expect((await fetch(new URL('/other', edge.metricsUrl))).status).toBe(404)
    expect((await fetch(edge.metricsUrl)).headers.get('content-type')).toBe(
      'text/plain; version=0.0.4; charset=utf-8',
    )
  })
})
