import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultName, createLabClient, freePorts } from '../src/index.ts'
import { nativePlace } from '../src/place.ts'
import { createAlertInbox } from '../src/status/alert-inbox.ts'
import { type StatusServer, startStatusServer } from '../src/status/status-server.ts'
import type { ComponentStatus } from '../src/supervisor.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const loki: ComponentStatus = {
  name: 'loki',
  state: 'preparing',
  detail: 'building, <1> of 2 packages',
  sinceMs: 0,
  pid: undefined,
  restarts: 0,
}

const nowMs = (): number => 60_000

let directory = ''
let server: StatusServer
let url = ''
const broken = new Set<FaultName>()

// Nothing runs behind this page: it must be there before everything else is.
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cirrus-status-'))
  const place = nativePlace(directory, await freePorts())
  url = `http://${place.address('status')}`
  server = await startStatusServer({
    ...place.bind('status'),
    root,
    inbox: createAlertInbox(nowMs),
    sources: {
      place,
      directory,
      nowMs,
      alertTimeScale: 0.2,
      statuses: () => [loki],
      faults: {
        active: () => [...broken],
        break: async (name) => void broken.add(name),
        heal: async (name) => void broken.delete(name),
      },
    },
  })
})

afterAll(async () => {
  await server.close()
  await rm(directory, { recursive: true })
})

async function page(
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${url}${path}`, init)
  return { status: response.status, text: await response.text() }
}

describe('status server', () => {
  it('shows a page while nothing else answers, with everything escaped', async () => {
    const { status, text } = await page('/')
    expect(status).toBe(200)
    expect(text).toContain('building, &lt;1&gt; of 2 packages')
    expect(text).toContain('Nothing fires.')
    expect(text).not.toContain('<1>')
  })

  it('lets only its own script and style run', async () => {
    const response = await fetch(url)
    const policy = response.headers.get('content-security-policy') ?? ''
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1]
    expect(policy).toContain("default-src 'none'")
    expect(await response.text()).toContain(`nonce="${nonce}"`)
  })

  it('sends only the content to its own script', async () => {
    const { text } = await page('/', { headers: { accept: 'text/x-cirrus-fragment' } })
    expect(text).toContain('Cirrus lab')
    expect(text).not.toContain('<html')
  })

  it('breaks and heals for the command line', async () => {
    const client = createLabClient(url)
    await client.break('origin')
    expect(await client.report()).toMatchObject({
      faults: ['origin'],
      components: [{ name: 'loki' }],
    })
    expect((await page('/')).text).toContain('npx cirrus lab heal origin')
    await client.heal('origin')
    expect((await client.report()).faults).toEqual([])
  })

  it('does not let a web page break anything', async () => {
    expect((await page('/faults/redis', { method: 'PUT' })).status).toBe(403)
    expect((await page('/faults/redis', { method: 'POST' })).status).toBe(403)
    expect([...broken]).toEqual([])
  })

  it('refuses to answer under a foreign name', async () => {
    const status = await new Promise((resolve, reject) => {
      request(url, { headers: { host: 'evil.test' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .once('error', reject)
        .end()
    })
    expect(status).toBe(421)
  })

  it('keeps the last 100 messages of Alertmanager', async () => {
    const post = (body: string): Promise<{ status: number }> =>
      page('/hooks/alertmanager', { method: 'POST', body })
    expect((await post('{')).status).toBe(400)
    for (let number = 0; number < 102; number += 1) await post(JSON.stringify({ number }))
    const messages: { receivedAt: string; message: unknown }[] = JSON.parse(
      (await page('/alerts.json')).text,
    )
    expect(messages).toHaveLength(100)
    expect(messages[0]).toEqual({ receivedAt: '1970-01-01T00:01:00.000Z', message: { number: 2 } })
  })

  it('renders runbooks and nothing beside them', async () => {
    expect((await page('/runbooks/EdgeErrorRateHigh.md')).text).toContain(
      '<h1>EdgeErrorRateHigh</h1>',
    )
    expect((await page('/runbooks/..%2F..%2FREADME')).status).toBe(404)
    expect((await page('/runbooks/NoSuchAlert.md')).status).toBe(404)
  })

  it('shows the panels of a dashboard with the chosen values', async () => {
    const { text } = await page('/d/edge-traffic?viewPanel=3&var-domain=shop.demo.test')
    expect(text).toContain('host=~&quot;shop.demo.test&quot;')
    expect(text).toMatch(/id="panel-3" class="card panel chosen"/)
    expect((await page('/d/none')).status).toBe(404)
  })

  it('answers the Explore links of alerts, and no others', async () => {
    const panes = { logs: { queries: [{ expr: '{service="edge"} | status >= 500' }] } }
    const good = await page(`/explore?panes=${encodeURIComponent(JSON.stringify(panes))}`)
    expect(good.text).toContain('{service=&quot;edge&quot;} | status &gt;= 500')
    expect((await page('/explore?panes=%7B')).status).toBe(404)
  })
})
