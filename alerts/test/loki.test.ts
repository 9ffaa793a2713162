import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { minutes, render, ruleContext } from '@cirrus/queries'
import type { Input, InputLines } from '@cirrus/rules'
import { startLoki, waitUntil, whyMissing } from '@cirrus/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { alerts, renderRules } from '../src/index.ts'

const missing = await whyMissing('loki')
const title = missing === undefined ? '' : ` (skipped: ${missing})`
const logAlerts = alerts.filter(({ signal }) => signal.expr.language === 'logql')

function isLines(input: Input): input is InputLines {
  return input.kind === 'lines'
}

describe.skipIf(missing !== undefined)(`Loki${title}`, () => {
  let loki: Awaited<ReturnType<typeof startLoki>>
  // Tests of one alert use one stream, so each has its own time: the past ten hours, ascending.
  let atSeconds = Math.floor(Date.now() / 1000) - minutes(600)

  beforeAll(async () => {
    const rulesDirectory = await mkdtemp(join(tmpdir(), 'cirrus-loki-rules-'))
    const links = { grafana: 'http://grafana.test', runbooks: 'http://runbooks.test' }
    // Scaled, because a group is first evaluated anywhere within its interval.
    const files = renderRules({ timeScale: 0.1, links, receiverUrl: 'http://receiver.test' })
    for (const [path, text] of files) {
      if (!path.startsWith('loki/rules/')) continue
      const file = join(rulesDirectory, path.slice('loki/rules/'.length))
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
    }
    loki = await startLoki({ rulesDirectory, rulerInterval: '1s' })
  })
  afterAll(() => loki.stop())

  /** Lines at an even pace until now. */
  async function push(lines: InputLines, forSeconds: number): Promise<void> {
    const values = Array.from({ length: Math.round(lines.perSecond * forSeconds) }, (_, index) => {
      const milliseconds = Math.round((atSeconds - index / lines.perSecond) * 1000)
      return [`${milliseconds}000000`, `${lines.text ?? 'line'} ${index}`, lines.metadata]
    })
    const response = await fetch(`${loki.url}/loki/api/v1/push`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ streams: [{ stream: lines.labels, values: values.toReversed() }] }),
      signal: AbortSignal.timeout(10_000),
    })
    expect([response.status, await response.text()]).toEqual([204, ''])
  }

  async function get(path: string): Promise<{ readonly data: { readonly result?: unknown } }> {
    const response = await fetch(loki.url + path, { signal: AbortSignal.timeout(10_000) })
    return JSON.parse(await response.text())
  }

  it('loads and evaluates the rules without a complaint', async () => {
    const groups = await waitUntil(
      async () => {
        const text = JSON.stringify((await get('/prometheus/api/v1/rules')).data)
        return text.includes('"health":"ok"') && text
      },
      { timeoutMs: 25_000, what: 'the first evaluation' },
    )
    for (const { name } of logAlerts) expect(groups).toContain(`"name":"${name}"`)
    expect(groups).not.toContain('"health":"err"')
  })

  it.each(logAlerts)('evaluates $name as its tests say', async (alert) => {
    for (const { severity, condition } of alert.levels) {
      const query = render(condition, ruleContext(alert.signal.windowSeconds))
      const silent = alert.silent.map((test) => ({ ...test, levels: [], labels: {} }))
      for (const test of [...alert.firing, ...silent]) {
        atSeconds += test.atSeconds + alert.signal.windowSeconds
        for (const input of test.input.filter(isLines)) await push(input, test.atSeconds)
        const fires = test.levels.some((level) => level === severity)
        const expected = fires ? [expect.objectContaining({ metric: test.labels })] : []
        const parameters = new URLSearchParams({ query, time: String(atSeconds) })
        const { data } = await get(`/loki/api/v1/query?${parameters}`)
        expect([test.name, data.result]).toEqual([test.name, expected])
      }
    }
  })
})
