import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningWebServer, requireServer, runCommand, startPrometheus } from '@cirrus/servers'
import type { QueryKnowledge } from '../../src/index.ts'
import { type Chance, createChance } from './chance.ts'

/** When the last samples were taken, seconds. */
export const endSeconds = 1_700_001_800

const STEP_SECONDS = 15
const SAMPLES = 61

const metrics = {
  requests_total: { kind: 'counter', optional: ['b', 'c'] },
  errors_total: { kind: 'counter', optional: ['b'] },
  temperature: { kind: 'gauge', optional: ['c'] },
  load: { kind: 'gauge', optional: [] },
  info: { kind: 'gauge', optional: ['b', 'c'] },
  latency_bucket: { kind: 'counter', optional: ['b'] },
} as const

/** What is true of the generated series. */
export const knowledge: QueryKnowledge = {
  metric: (name) => {
    const known = Object.entries(metrics).find(([metric]) => metric === name)
    if (known === undefined) return undefined
    const labels = name === 'latency_bucket' ? ['a', 'job', 'le'] : ['a', 'job']
    return { kind: known[1].kind, labels, optionalLabels: known[1].optional, closed: true }
  },
  scrapeIntervalSeconds: STEP_SECONDS,
}

/** Starts Prometheus with generated series: some labels on all, some on a few. */
export async function startWithSeries(seed: number): Promise<RunningWebServer> {
  const directory = await mkdtemp(join(tmpdir(), 'cirrus-label-flow-'))
  const [samples, config] = [join(directory, 'samples.txt'), join(directory, 'prometheus.yml')]
  await writeFile(samples, openMetrics(createChance(seed)))
  await writeFile(config, 'global: { scrape_interval: 1h }\n')
  const data = join(directory, 'data')
  const promtool = await requireServer('promtool')
  const args = ['tsdb', 'create-blocks-from', 'openmetrics', samples, data]
  const { code, stderr } = await runCommand(promtool, args)
  if (code !== 0) throw new Error(`promtool made no blocks: ${stderr}`)
  return startPrometheus({ configFile: config, directory: data, retentionTime: '30y' })
}

function openMetrics(chance: Chance): string {
  const lines = Object.entries(metrics).flatMap(([name, { kind, optional }]) =>
    ['x', 'y', 'z'].flatMap((a) =>
      chance.some([0, 1, 2, 3]).flatMap((index) => {
        const own = Object.fromEntries(
          chance.some(optional).map((label) => [label, chance.pick(['x', 'y'])]),
        )
        const labels = { a, job: `job-${index}`, ...own }
        return name === 'latency_bucket'
          ? buckets(labels, chance)
          : series(name, labels, growth(kind, chance))
      }),
    ),
  )
  return [...lines, '# EOF', ''].join('\n')
}

type Labels = Readonly<Record<string, string>>

function buckets(labels: Labels, chance: Chance): readonly string[] {
  const step = 1 + chance.below(5)
  return ['0.1', '1', '+Inf'].flatMap((le, index) =>
    series('latency_bucket', { ...labels, le }, (sample) => sample * step * (index + 1)),
  )
}

function growth(kind: 'counter' | 'gauge', chance: Chance): (sample: number) => number {
  const step = chance.below(5)
  return kind === 'counter' ? (sample) => sample * step : (sample) => (sample * step) % 7
}

function series(
  name: string,
  labels: Labels,
  valueAt: (sample: number) => number,
): readonly string[] {
  const text = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  return Array.from({ length: SAMPLES }, (_, sample) => {
    const time = endSeconds - (SAMPLES - 1 - sample) * STEP_SECONDS
    return `${name}{${text.join(',')}} ${valueAt(sample)} ${time}`
  })
}
