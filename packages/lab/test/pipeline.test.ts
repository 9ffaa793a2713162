import { execFile } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { createConnection } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { waitUntil, whyMissing } from '@cirrus/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lab, freePorts, startLab } from '../src/index.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const cirrus = join(root, 'packages/cli/dist/main.js')
const execute = promisify(execFile)
const servers = ['redis', 'nginx', 'prometheus', 'alertmanager', 'loki'] as const
const reasons = (await Promise.all(servers.map(whyMissing))).filter(
  (reason) => reason !== undefined,
)

interface AlertMessage {
  readonly receivedAt: string
  readonly message: {
    readonly receiver: string
    readonly alerts: readonly {
      readonly status: 'firing' | 'resolved'
      readonly startsAt: string
      readonly endsAt: string
      readonly labels: Readonly<Record<string, string>>
      readonly annotations: Readonly<Record<string, string>>
    }[]
  }
}

type Alert = AlertMessage['message']['alerts'][number]

let lab: Lab

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`)
  return response.json() as Promise<T>
}

/** Access lines that the edges wrote, over all files. */
async function loggedRequests(): Promise<number> {
  const names = (await readdir(lab.logsDirectory)).filter((name) => /^edge-.*access/.test(name))
  const texts = await Promise.all(
    names.map((name) => readFile(join(lab.logsDirectory, name), 'utf8')),
  )
  return texts
    .join('')
    .split('\n')
    .filter((line) => line !== '').length
}

/** Access lines that Loki has. */
async function storedRequests(): Promise<number> {
  const query = 'sum(count_over_time({service="edge"} | event="edge.request" [2h]))'
  const url = `${lab.url('loki')}/loki/api/v1/query?query=${encodeURIComponent(query)}`
  const { data } = await json<{ data: { result: { value: [number, string] }[] } }>(url)
  return Number(data.result[0]?.value[1] ?? 0)
}

/** The page about the shop's errors that the receiver behind Alertmanager got since an instant. */
async function receivedPage(status: Alert['status'], since: Date): Promise<Alert | undefined> {
  const messages = await json<AlertMessage[]>(`${lab.url('status')}/alerts.json`)
  return messages
    .filter(({ message }) => message.receiver === 'commerce-page')
    .flatMap(({ message }) => message.alerts)
    .filter(({ labels }) => labels['alertname'] === 'EdgeErrorRateHigh')
    .filter(({ startsAt, endsAt }) => new Date(status === 'firing' ? startsAt : endsAt) >= since)
    .find((alert) => alert.status === status)
}

/** GET through an edge, with the Host header of a domain. */
function throughEdge(host: string, path: string): Promise<number> {
  const edge = new URL(lab.url('edge-a'))
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: edge.hostname, port: edge.port, path, headers: { host }, timeout: 5000 },
      (response) => {
        response.resume()
        response.once('end', () => resolve(response.statusCode ?? 0))
      },
    )
    sent.once('error', reject)
    sent.end()
  })
}

/** A request as raw bytes, for what no client library would send. */
function sendRaw(text: Buffer): Promise<string> {
  const edge = new URL(lab.url('edge-a'))
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: edge.hostname, port: Number(edge.port), timeout: 5000 })
    let answer = ''
    socket.on('data', (data) => (answer += data.toString('latin1')))
    socket.once('close', () => resolve(answer))
    socket.once('timeout', () => socket.destroy())
    socket.once('error', reject)
    socket.end(text)
  })
}

function api(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${lab.url('api')}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${lab.masterToken}`, ...init.headers },
    signal: AbortSignal.timeout(5000),
  })
}

/** Panel ids of a generated dashboard. */
function panelIds(uid: string): readonly number[] {
  const folder = join(root, 'grafana/dashboards')
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith(`/${uid}.json`),
  )
  const { panels } = JSON.parse(readFileSync(join(folder, file ?? ''), 'utf8'))
  return panels.map((panel: { id: number }) => panel.id)
}

/** Lines that a LogQL query finds in the last hour. */
async function linesOf(query: string): Promise<readonly Record<string, unknown>[]> {
  const url = `${lab.url('loki')}/loki/api/v1/query_range?limit=100&query=${encodeURIComponent(query)}`
  const { data } = await json<{ data: { result: { values: [string, string][] }[] } }>(url)
  return data.result.flatMap(({ values }) => values.map(([, line]) => JSON.parse(line)))
}

const isUp = (name: string): boolean =>
  lab.statuses().some((status) => status.name === name && status.state === 'up')

describe.skipIf(reasons.length > 0)(`the whole pipeline (${reasons[0] ?? 'real servers'})`, () => {
  beforeAll(async () => {
    lab = await startLab({
      root,
      directory: await mkdtemp(join(tmpdir(), 'cirrus-lab-')),
      env: process.env,
      ports: await freePorts(),
      loki: 'find',
      alertTimeScale: 0.1,
      requestsPerSecond: 40,
    })
    await lab.ready
    await waitUntil(() => lab.statuses().every(({ state }) => state === 'up'), {
      timeoutMs: 60_000,
      what: 'every component to be up',
    })
  }, 120_000)

  afterAll(async () => {
    await lab?.stop()
  })

  it('serves every demo site through the edge and refuses unknown ones', async () => {
    const sites = ['news.demo.test', 'shop.demo.test', 'video.demo.test']
    expect(await Promise.all(sites.map((host) => throughEdge(host, '/')))).toEqual([200, 200, 200])
    expect(await throughEdge('unknown.demo.test', '/')).toBe(404)
  })

  it('scrapes every service', async () => {
    const query = `${lab.url('prometheus')}/api/v1/query?query=sum%20by%20(job)%20(up)`
    await waitUntil(
      async () => {
        const { data } = await json<{
          data: { result: { metric: { job: string }; value: [number, string] }[] }
        }>(query)
        const up = Object.fromEntries(
          data.result.map(({ metric, value }) => [metric.job, value[1]]),
        )
        return (
          JSON.stringify(up) ===
          JSON.stringify({ ...up, api: '1', edge: '2', shipper: '1', worker: '1' })
        )
      },
      { timeoutMs: 30_000, what: 'every target to be up' },
    )
  })

  it('writes valid JSON for a request line with invalid UTF-8', async () => {
    await sendRaw(
      Buffer.from('GET /caf\xe9"\x01 HTTP/1.1\r\nHost: news.demo.test\xff\r\n\r\n', 'latin1'),
    )
    await sendRaw(
      Buffer.from(
        'GET /caf\xe9\xff HTTP/1.1\r\nHost: news.demo.test\r\nConnection: close\r\n\r\n',
        'latin1',
      ),
    )
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      await readFile(join(lab.logsDirectory, 'edge-a.access.log')),
    )
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.some((line) => String(line.path).startsWith('/caf'))).toBe(true)
  })

  it('refuses a wrong domain with a problem that names the field', async () => {
    const response = await api('/domains', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'not a name', origins: [], colour: 'red' }),
    })
    expect(response.status).toBe(422)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  })

  it('pages the owner of a broken origin with links that resolve, then resolves', async () => {
    await lab.faults.break('origin')
    const brokenAt = new Date()
    const alert = await waitUntil(() => receivedPage('firing', brokenAt), {
      timeoutMs: 120_000,
      intervalMs: 500,
      what: 'EdgeErrorRateHigh to be received',
    })
    expect(alert.labels).toMatchObject({
      host: 'shop.demo.test',
      team: 'commerce',
      env: 'production',
    })

    const { annotations } = alert
    expect(panelIds(annotations['__dashboardUid__'] ?? '')).toContain(
      Number(annotations['__panelId__']),
    )
    expect(annotations['dashboard_url']).toContain(
      `/d/${annotations['__dashboardUid__']}?viewPanel=${annotations['__panelId__']}`,
    )
    expect((await fetch(annotations['runbook_url'] ?? '')).status).toBe(200)
    expect(existsSync(join(root, 'alerts/runbooks/EdgeErrorRateHigh.md'))).toBe(true)
    const failing = await waitUntil(
      async () => {
        const lines = await linesOf(annotations['logs_query'] ?? '')
        return lines.length > 0 && lines
      },
      { timeoutMs: 20_000, what: 'the failing lines' },
    )
    for (const line of failing) {
      expect(line).toMatchObject({ domain: 'shop.demo.test', event: 'edge.request' })
      expect(Number(line['status'])).toBeGreaterThanOrEqual(500)
    }

    await lab.faults.heal('origin')
    const healedAt = new Date()
    await waitUntil(() => receivedPage('resolved', healedAt), {
      timeoutMs: 120_000,
      intervalMs: 500,
      what: 'EdgeErrorRateHigh to be resolved',
    })
  }, 260_000)

  it('serves known domains while Redis is down, and recovers by itself', async () => {
    await lab.faults.break('redis')
    const downSince = performance.now()
    const statuses: number[] = []
    const answers: number[] = []
    while (performance.now() - downSince < 20_000) {
      statuses.push(await throughEdge('news.demo.test', '/'))
      const response = await api('/domains')
      answers.push(response.status)
      if (response.status === 503) {
        expect(response.headers.get('content-type')).toContain('application/problem+json')
      }
      await delay(500)
    }
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(new Set(answers)).toEqual(new Set([503]))

    await lab.faults.heal('redis')
    await waitUntil(async () => (await api('/domains')).status === 200, {
      timeoutMs: 10_000,
      what: 'the API to answer again',
    })
  }, 60_000)

  it('loses no line while Loki is away and the shipper is killed', async () => {
    await lab.faults.break('loki')
    const downSince = performance.now()
    for (let kills = 0; kills < 3; kills += 1) {
      await waitUntil(() => performance.now() - downSince > (kills + 1) * 8000, {
        timeoutMs: 20_000,
      })
      await lab.kill('shipper')
      await waitUntil(() => isUp('shipper'), {
        timeoutMs: 20_000,
        what: 'the shipper to come back',
      })
    }
    await waitUntil(() => performance.now() - downSince > 30_000, { timeoutMs: 40_000 })
    await lab.faults.heal('loki')
    await waitUntil(() => isUp('loki'), { timeoutMs: 30_000, what: 'Loki to be up' })
    await lab.kill('shipper')
    lab.stopTraffic()
    await waitUntil(async () => (await storedRequests()) >= (await loggedRequests()), {
      timeoutMs: 60_000,
      intervalMs: 500,
      what: 'Loki to hold every logged line',
    })
    expect(await loggedRequests()).toBeGreaterThan(1000)
    expect(await storedRequests()).toBe(await loggedRequests())
  }, 150_000)

  it('exports exactly what the edges logged', async () => {
    const out = join(lab.directory, 'warehouse')
    const args = [
      'export',
      '--last',
      '1h',
      '--format',
      'json',
      '--loki-url',
      lab.url('loki'),
      '--out',
      out,
    ]
    const { stdout } = await execute(process.execPath, [cirrus, ...args])
    const { rows, incomplete, total } = JSON.parse(stdout)
    expect({ rows, incomplete, requests: total.requests }).toEqual({
      rows: await loggedRequests(),
      incomplete: [],
      requests: await loggedRequests(),
    })
  }, 60_000)
})
