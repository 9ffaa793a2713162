import { logEvents } from '@cirrus/catalog'
import { startLoki, waitUntil, whyMissing } from '@cirrus/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger, logEvent } from '../src/index.ts'

const missing = await whyMissing('loki')
const title = missing === undefined ? '' : ` (skipped: ${missing})`

interface Stream {
  readonly stream: Readonly<Record<string, string>>
  readonly values: readonly (readonly [string, string])[]
}

describe.skipIf(missing !== undefined)(`direct push to Loki${title}`, () => {
  let loki: Awaited<ReturnType<typeof startLoki>>
  beforeAll(async () => {
    loki = await startLoki()
  })
  afterAll(() => loki.stop())

  async function query(logQl: string): Promise<readonly Stream[]> {
    const url = `${loki.url}/loki/api/v1/query_range?${new URLSearchParams({ query: logQl })}`
    return JSON.parse(await (await fetch(url)).text()).data?.result ?? []
  }

  it('delivers the very lines, in order, with labels and metadata', async () => {
    const lines: string[] = []
    const logger = createLogger({
      service: 'api',
      env: 'staging',
      team: 'platform',
      level: 'info',
      destination: { write: (text) => void lines.push(text.trimEnd()) },
      loki: { url: loki.url },
    })
    for (const status of [200, 201, 404]) {
      logEvent(logger, logEvents.apiRequest, { status, domain: 'a.test', request_id: 'r-1' })
    }
    const streams = await waitUntil(async () => {
      const found = await query('{service="api", env="staging", team="platform"}')
      return found.flatMap(({ values }) => values).length === 3 && found
    })
    const values = streams.flatMap((one) => one.values)
    expect(values.toSorted(([a], [b]) => a.localeCompare(b)).map(([, line]) => line)).toEqual(lines)
    expect(streams[0]?.stream).toMatchObject({
      event: 'api.request',
      domain: 'a.test',
      request_id: 'r-1',
    })
    expect(await query('{domain="a.test"}')).toEqual([])
  })
})
