import { type RunningWebServer, startLoki } from '@cirrus/servers'
import type { QueryKnowledge } from '../../src/index.ts'
import { type Chance, createChance } from './chance.ts'

/** What is true of the generated lines before a query parses them. */
export const knowledge: QueryKnowledge = { lineLabels: ['job', 'app', 'zone', 'trace', 'level'] }

const LINES = 120

/** Starts Loki with generated lines of all kinds, stamped in the minutes before `endMs`. */
export async function startWithLines(seed: number, endMs: number): Promise<RunningWebServer> {
  const loki = await startLoki()
  const chance = createChance(seed)
  for (let index = 0; index < LINES; index += 1) {
    const ns = `${endMs - (LINES - index) * 1000}000000`
    await push(loki.url, {
      stream: streamLabels(chance),
      values: [[ns, randomLine(chance), metadata(chance)]],
    })
  }
  return loki
}

async function push(url: string, stream: object): Promise<void> {
  const response = await fetch(`${url}/loki/api/v1/push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ streams: [stream] }),
    signal: AbortSignal.timeout(5000),
  })
  if (!response.ok) throw new Error(await response.text())
}

type Texts = Readonly<Record<string, string>>

function streamLabels(chance: Chance): Texts {
  const optional = Object.fromEntries(
    chance.some(['app', 'zone']).map((label) => [label, chance.pick(['x', 'y', 'web'])]),
  )
  return { job: 'demo', ...optional }
}

function metadata(chance: Chance): Texts {
  return Object.fromEntries(
    chance.some(['trace', 'level', 'app']).map((name) => [name, chance.pick(['x', 'info'])]),
  )
}

function randomLine(chance: Chance): string {
  const fields = Object.fromEntries(
    chance
      .some(['app', 'zone', 'level', 'status', 'took', '_entry'])
      .map((name) => [name, fieldValue(chance, name)]),
  )
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
  return chance.pick([
    JSON.stringify(fields),
    JSON.stringify({ ...fields, deep: { app: 'inner' } }),
    pairs.join(' '),
    'GET web info',
    '{"broken":',
  ])
}

function fieldValue(chance: Chance, name: string): string {
  if (name === 'status') return chance.pick(['200', '500', ''])
  if (name === 'took') return chance.pick(['5ms', '2s', 'soon'])
  return chance.pick(['x', 'web', '', 'error'])
}
