import { type Signal, minutes } from '@cirrus/queries'
import type { AlertLevel, FiringTest, SilentTest } from './alert.ts'
import type { Input } from './input.ts'
import { inPhases, isSeries } from './phases.ts'

interface Feed {
  readonly labels: Readonly<Record<string, string>>
  readonly input: (value: number) => readonly Input[]
}

interface Tests {
  readonly firing: readonly FiringTest[]
  readonly silent: readonly SilentTest[]
}

type Levels = readonly AlertLevel[]

/** A test in which some levels fire, perhaps none. */
interface Case extends SilentTest {
  readonly value: number
}

/**
 * The tests that every alert should have: past and just under each threshold, no traffic, no series,
 * a restart that sets counters to zero, and a signal that is past its threshold too shortly.
 */
export function usualTests(signal: Signal, levels: Levels, feed: Feed): Tests {
  const cases = [
    ...levels.flatMap((level) => aroundThreshold(signal, levels, { level, feed })),
    ...(isSeriesFeed(feed) ? overTime(signal, levels, feed) : []),
  ]
  const tests = cases.map(({ value, ...test }) => ({
    ...test,
    value,
    labels: feed.labels,
    levels: levels.filter(
      (level) => test.atSeconds > level.forSeconds && isPast(signal, level, value),
    ),
  }))
  return {
    firing: tests.flatMap(({ levels: [first, ...rest], ...test }) =>
      first ? [{ ...test, levels: [first.key, ...rest.map(({ key }) => key)] as const }] : [],
    ),
    silent: [
      ...tests.flatMap(({ levels: fired, name, input, atSeconds }) =>
        fired.length === 0 ? [{ name, input, atSeconds }] : [],
      ),
      ...quiet(signal, levels, feed),
    ],
  }
}

function aroundThreshold(
  signal: Signal,
  levels: Levels,
  { level, feed }: { readonly level: AlertLevel; readonly feed: Feed },
): readonly Case[] {
  const [past, under] = besides(signal, level)
  const atSeconds = settledSeconds(signal, levels)
  return [
    {
      name: `just past the ${level.key} threshold`,
      input: feed.input(past),
      value: past,
      atSeconds,
    },
    {
      name: `just under the ${level.key} threshold`,
      input: feed.input(under),
      value: under,
      atSeconds,
    },
  ]
}

function overTime(signal: Signal, levels: Levels, feed: Feed): readonly Case[] {
  const [level] = levels
  if (!level || !feed.input(0).some((series) => isSeries(series) && series.counts)) return []
  const [past, under] = besides(signal, level)
  const seconds = settledSeconds(signal, levels)
  // What was counted between the last scrape and the restart is lost: shares stay, rates drop.
  const values =
    signal.expr.unit === 'count/s' || signal.expr.unit === 'bytes/s' ? [under] : [past, under]
  return values.map((value) => {
    const input = feed.input(value)
    const name = `counters start anew ${value === past ? 'past' : 'under'} the threshold`
    const phases = inPhases([
      { seconds: seconds - minutes(2), input },
      { seconds: minutes(2), input, restart: true },
    ])
    return { name, input: phases, value, atSeconds: seconds }
  })
}

function quiet(signal: Signal, levels: Levels, feed: Feed): readonly SilentTest[] {
  const atSeconds = settledSeconds(signal, levels)
  const [level] = levels
  if (!level || !isSeriesFeed(feed)) return []
  const [past, under] = besides(signal, level)
  const shortestFor = Math.min(...levels.map(({ forSeconds }) => forSeconds))
  const input = feed.input(past)
  const idle = input.map((series) => ({ ...series, perSecond: 0 }))
  const tooShort = { name: 'not yet long enough', input, atSeconds: shortestFor - 15 }
  const nothing = { name: 'nothing is known', input: [], atSeconds }
  if (input.some((series) => isSeries(series) && series.counts)) {
    return [tooShort, nothing, { name: 'no traffic', input: idle, atSeconds }]
  }
  const bad = { seconds: Math.max(shortestFor - 30, 15), input }
  const good = { seconds: 30, input: feed.input(wellBehaved(signal, under)) }
  const flapping = {
    name: 'flaps, each time too shortly',
    input: inPhases([bad, good, bad, good, bad]),
    atSeconds: 3 * bad.seconds + 2 * good.seconds - 15,
  }
  return [tooShort, nothing, flapping]
}

/** Long enough for every window to be full and every level to fire. */
function settledSeconds({ windowSeconds }: Signal, levels: Levels): number {
  return windowSeconds + minutes(1) + Math.max(...levels.map(({ forSeconds }) => forSeconds))
}

/** A value just past the threshold of a level, and one just under. */
function besides(signal: Signal, { severity }: AlertLevel): readonly [past: number, under: number] {
  const threshold = signal.thresholds[severity] ?? 0
  const isHigherWorse = signal.direction === 'higher_is_worse'
  if (signal.expr.unit === 'count' || signal.expr.unit === 'boolean') {
    return isHigherWorse ? [threshold, threshold - 1] : [threshold - 1, threshold]
  }
  const [more, less] = [rounded(threshold * 1.01), rounded(threshold * 0.99)]
  return isHigherWorse
    ? [more, less]
    : [less, signal.expr.unit === 'ratio' ? Math.min(1, more) : more]
}

function isPast(signal: Signal, { severity }: AlertLevel, value: number): boolean {
  const threshold = signal.thresholds[severity]
  if (threshold === undefined) return false
  return signal.direction === 'higher_is_worse' ? value >= threshold : value < threshold
}

/** Not worse than any threshold. */
function wellBehaved(signal: Signal, under: number): number {
  const limits = Object.values(signal.thresholds)
  if (signal.direction === 'higher_is_worse') return Math.min(under, 0)
  return Math.max(under, ...limits)
}

function isSeriesFeed(feed: Feed): boolean {
  return feed.input(0).every(isSeries)
}

function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
