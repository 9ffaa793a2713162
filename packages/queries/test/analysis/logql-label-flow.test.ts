import { rm } from 'node:fs/promises'
import { type RunningWebServer, whyMissing } from '@cirrus/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyzeLogql } from '../../src/index.ts'
import { createChance } from './chance.ts'
import { contradictions } from './contradictions.ts'
import { knowledge, startWithLines } from './loki-lines.ts'
import { randomLogql } from './random-logql.ts'

const reason = await whyMissing('loki')

const EXPRESSIONS = 500
const SEED = 20_261_123

const refused = new Set(['syntax', 'wrong_argument', 'empty_selector'])

interface Result {
  readonly metric?: Readonly<Record<string, string>>
  readonly stream?: Readonly<Record<string, string>>
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly results: readonly Result[]
}

describe.skipIf(reason !== undefined)(`label flow against Loki ${reason ?? ''}`, () => {
  const endMs = Date.now()
  let loki: RunningWebServer
  beforeAll(async () => {
    loki = await startWithLines(SEED, endMs)
  })
  afterAll(async () => {
    await loki?.stop()
    await rm(loki.directory, { recursive: true, force: true })
  })

  async function query(text: string, isLogs: boolean): Promise<Answer> {
    const times = { start: `${endMs - 3_600_000}000000`, end: `${endMs}000000`, limit: '500' }
    const given = { query: text, ...(isLogs ? times : { time: `${endMs}000000` }) }
    const path = isLogs ? 'query_range' : 'query'
    const url = `${loki.url}/loki/api/v1/${path}?${new URLSearchParams(given)}`
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
    const body = await response.text()
    const results = response.ok ? resultsOf(body) : []
    return { status: response.status, text: body, results }
  }

  async function judge(
    text: string,
  ): Promise<{ readonly found: number; readonly wrong: readonly string[] }> {
    const analyses = [analyzeLogql(text), analyzeLogql(text, knowledge)]
    const { status, text: body, results } = await query(text, text.startsWith('{'))
    const labels = results.map(({ metric, stream }) => metric ?? stream ?? {})
    const wrong = analyses.flatMap(({ labels: flow, type, problems }) => [
      ...contradictions(flow, labels),
      ...((type === 'logs') === text.startsWith('{') ? [] : [`is no ${type}`]),
      ...problems
        .filter(({ code }) => refused.has(code) && status !== 400)
        .map(({ message }) => `accepted, but: ${message}`),
      ...problems
        .filter(
          ({ code, from, to }) => code === 'match_impossible' && from === 0 && to === text.length,
        )
        .flatMap(({ message }) => (results.length > 0 ? [`yields results, but: ${message}`] : [])),
    ])
    // A query that the grammar takes for one and Loki does not shows a mistake of the generator.
    const isParseError = status === 400 && body.startsWith('parse error')
    return { found: results.length, wrong: isParseError ? [...wrong, body] : wrong }
  }

  it(`is never contradicted by ${EXPRESSIONS} expressions`, async () => {
    const chance = createChance(SEED)
    const wrong: string[] = []
    let yielding = 0
    for (let done = 0; done < EXPRESSIONS; done += 1) {
      const text = randomLogql(chance)
      const judged = await judge(text)
      if (judged.found > 0) yielding += 1
      wrong.push(...judged.wrong.map((what) => `${text}\n    ${what}`))
    }
    expect(wrong).toEqual([])
    expect(yielding).toBeGreaterThan(EXPRESSIONS / 3)
  }, 120_000)
})

function resultsOf(body: string): readonly Result[] {
  const { resultType, result } = JSON.parse(body).data
  return resultType === 'scalar' ? [] : result
}
