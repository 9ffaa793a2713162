import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type RunningWebServer, whyMissing } from '@cirrus/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type QueryProblem, analyzePromql } from '../../src/index.ts'
import { createChance } from './chance.ts'
import { contradictions } from './contradictions.ts'
import { endSeconds, knowledge, startWithSeries } from './prometheus-series.ts'
import { randomPromql } from './random-promql.ts'

const reason = (await whyMissing('prometheus')) ?? (await whyMissing('promtool'))

const EXPRESSIONS = 2400
const SEED = 20_261_123

const refused = new Set(['syntax', 'wrong_argument', 'empty_selector'])
const empty = new Set(['match_impossible', 'missing_label'])

interface Answer {
  readonly status: 'success' | 'error'
  readonly errorType?: string
  readonly data?: { readonly resultType: string; readonly result: readonly unknown[] }
}

describe.skipIf(reason !== undefined)(`label flow against Prometheus ${reason ?? ''}`, () => {
  let prometheus: RunningWebServer
  beforeAll(async () => {
    prometheus = await startWithSeries(SEED)
  })
  afterAll(async () => {
    await prometheus?.stop()
    await rm(dirname(prometheus.directory), { recursive: true, force: true })
  })

  async function query(text: string): Promise<Answer> {
    const body = new URLSearchParams({ query: text, time: String(endSeconds) })
    const signal = AbortSignal.timeout(5000)
    const response = await fetch(`${prometheus.url}/api/v1/query`, { method: 'POST', body, signal })
    return response.json() as Promise<Answer>
  }

  async function judge(
    text: string,
  ): Promise<{ readonly found: number; readonly wrong: readonly string[] }> {
    const answer = await query(text)
    const analyses = [analyzePromql(text), analyzePromql(text, knowledge)]
    const series = seriesOf(answer)
    const wrong = analyses.flatMap(({ labels, type, problems }) => [
      ...(answer.status === 'success' ? contradictions(labels, series) : []),
      ...(answer.status === 'success' && !agrees(type, answer.data?.resultType)
        ? [`is no ${type}`]
        : []),
      ...problems
        .filter(({ code }) => refused.has(code) && answer.errorType !== 'bad_data')
        .map(({ message }) => `accepted, but: ${message}`),
    ])
    const claims = analyses.flatMap(({ problems }) => problems)
    const denied = await Promise.all(claims.map((problem) => denies(text, problem)))
    return { found: series.length, wrong: [...wrong, ...denied.flat()] }
  }

  /** Parts that are said to yield nothing, asked for alone. */
  async function denies(
    text: string,
    { code, from, to, message }: QueryProblem,
  ): Promise<readonly string[]> {
    const part = text.slice(from, to)
    const isFilter = code === 'always_false' && !message.includes('yields')
    if (!empty.has(code) && !isFilter) return []
    const found = seriesOf(await query(part)).length
    return found > 0 ? [`${part} yields ${found} series, but: ${message}`] : []
  }

  it(`is never contradicted by ${EXPRESSIONS} expressions`, async () => {
    const chance = createChance(SEED)
    const wrong: string[] = []
    let yielding = 0
    for (let done = 0; done < EXPRESSIONS; done += 1) {
      const text = randomPromql(chance, 1 + chance.below(3))
      const judged = await judge(text)
      if (judged.found > 0) yielding += 1
      wrong.push(...judged.wrong.map((what) => `${text}\n    ${what}`))
    }
    expect(wrong).toEqual([])
    // Most must have something to contradict with.
    expect(yielding).toBeGreaterThan(EXPRESSIONS / 2)
  }, 120_000)
})

function seriesOf({ data }: Answer): readonly Readonly<Record<string, string>>[] {
  if (data?.resultType !== 'vector' && data?.resultType !== 'matrix') return []
  return data.result.map((one) => (one as { metric: Record<string, string> }).metric)
}

function agrees(type: string, resultType: string | undefined): boolean {
  const known: Readonly<Record<string, string>> = {
    'instant vector': 'vector',
    'range vector': 'matrix',
    scalar: 'scalar',
    string: 'string',
  }
  return known[type] === undefined || known[type] === resultType
}
