import { minutes, sloRecordings } from '@cirrus/queries'
import type { AlertLevel, FiringTest, SilentTest } from '../alert.ts'
import type { Input, InputSeries } from '../input.ts'
import { type Phase, inPhases } from '../phases.ts'
import { type BurnWindow, burnFactor, errorBudget, exact } from './burn-window.ts'

const OUTAGE_SECONDS = minutes(10)

interface SloTestOptions {
  readonly name: string
  readonly objective: number
  readonly periodDays: number
  readonly minEvents: number
  readonly windows: readonly BurnWindow[]
  readonly levels: readonly AlertLevel[]
  readonly feed: {
    readonly labels: Readonly<Record<string, string>>
    readonly input?: (errorRatio: number, eventsPerSecond: number) => readonly Input<'promql'>[]
  }
}

interface Tests {
  readonly firing: readonly FiringTest[]
  readonly silent: readonly SilentTest[]
}

interface Case {
  readonly name: string
  readonly phases: readonly [Phase, ...Phase[]]
  /** What every window then shows. */
  readonly burnRate: number
}

/** Around every burn rate, at rest, after a restart, and once everything is well again. */
export function sloTests(options: SloTestOptions): Tests {
  const { name, windows, feed, levels } = options
  const tests = casesOf(options).map(({ burnRate, phases, ...test }) => {
    const atSeconds = phases.reduce((sum, { seconds }) => sum + seconds, 0)
    const keys = levels.flatMap(({ key }, index) => {
      const window = windows[index]
      const isDue = window && atSeconds > window.forSeconds
      return isDue && burnRate >= burnFactor(window, options.periodDays) ? [key] : []
    })
    const labels = { slo: name, ...feed.labels }
    return { ...test, input: inPhases(phases), atSeconds, keys, labels, value: burnRate }
  })
  return {
    firing: tests.flatMap(({ keys: [first, ...rest], ...test }) =>
      first === undefined ? [] : [{ ...test, levels: [first, ...rest] as const }],
    ),
    silent: tests.flatMap(({ keys, name: title, input, atSeconds }) =>
      keys.length === 0 ? [{ name: title, input, atSeconds }] : [],
    ),
  }
}

function casesOf(options: SloTestOptions): readonly Case[] {
  const { windows, minEvents, objective, feed } = options
  const perSecond = Math.max(1, exact((2 * minEvents) / shortest(windows)))
  const most = exact(1 / errorBudget(objective))
  const seconds = minutes(25)
  const burning = (burnRate: number, eventsPerSecond = perSecond): Phase => ({
    seconds,
    input: inputOf(options, burnRate, eventsPerSecond),
  })
  const well = { ...burning(0), seconds: recoverySeconds(windows) }
  const failed = { ...burning(most), seconds: OUTAGE_SECONDS }
  const restarted = { ...burning(most), seconds: minutes(5), restart: true }
  const restart: Case = {
    name: 'counters start anew while everything fails',
    phases: [burning(most), restarted],
    burnRate: most,
  }
  return [
    ...windows.flatMap((window) => aroundBurnRate(window, options, burning)),
    { name: 'nothing goes wrong', phases: [burning(0)], burnRate: 0 },
    { name: 'no traffic', phases: [burning(0, 0)], burnRate: 0 },
    { name: 'nothing is known', phases: [{ seconds, input: [] }], burnRate: 0 },
    { name: 'too few events to tell', phases: [burning(most, tooFew(options))], burnRate: 0 },
    { name: 'everything failed, and is well again', phases: [failed, well], burnRate: 0 },
    ...(feed.input ? [restart] : []),
  ]
}

function aroundBurnRate(
  window: BurnWindow,
  { periodDays }: SloTestOptions,
  burning: (burnRate: number) => Phase,
): readonly Case[] {
  const { severity, burn, forSeconds } = window
  const factor = burnFactor(window, periodDays)
  const at = (burnRate: number) => ({
    phases: [{ ...burning(burnRate), seconds: forSeconds + minutes(10) }] as const,
    burnRate,
  })
  return [
    { name: `just past the ${severity} ${burn} burn rate`, ...at(exact(factor * 1.01)) },
    { name: `just under the ${severity} ${burn} burn rate`, ...at(exact(factor * 0.99)) },
  ]
}

/** Long enough for every short window to forget an outage, unless its alert would still wait. */
function recoverySeconds(windows: readonly BurnWindow[]): number {
  const ends = windows.map(({ shortSeconds }) => shortSeconds + OUTAGE_SECONDS)
  return Math.min(...ends.filter((end) => windows.every((window) => isQuiet(window, end))))
}

function isQuiet({ shortSeconds, forSeconds }: BurnWindow, seconds: number): boolean {
  return seconds >= shortSeconds + OUTAGE_SECONDS || seconds + OUTAGE_SECONDS < forSeconds
}

/** Under the minimum in the shortest window, and so in none that is judged by rate alone. */
function tooFew({ minEvents, windows }: SloTestOptions): number {
  const longest = Math.max(...windows.map(({ shortSeconds }) => shortSeconds))
  return (0.9 * minEvents) / longest
}

function shortest(windows: readonly BurnWindow[]): number {
  return Math.min(...windows.map(({ shortSeconds }) => shortSeconds))
}

function inputOf(
  { name, objective, feed }: SloTestOptions,
  burnRate: number,
  eventsPerSecond: number,
): readonly Input<'promql'>[] {
  const errorRatio = exact(burnRate * errorBudget(objective))
  if (feed.input) return feed.input(errorRatio, eventsPerSecond)
  const labels = { slo: name, ...feed.labels }
  return [
    recordedAs(sloRecordings.events.name, labels, eventsPerSecond),
    recordedAs(sloRecordings.errors.name, labels, exact(errorRatio * eventsPerSecond)),
  ]
}

function recordedAs(
  metric: string,
  labels: Readonly<Record<string, string>>,
  start: number,
): InputSeries {
  return { kind: 'series', metric, labels, counts: false, start, perSecond: 0 }
}
