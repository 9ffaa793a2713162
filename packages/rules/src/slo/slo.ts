import type { Service, Team } from '@cirrus/catalog'
import {
  type LabelReferences,
  type Language,
  type Lines,
  type Sli,
  type Vector,
  atOrAbove,
  constant,
  days,
  defineSignal,
  formatDuration,
  labelReferences,
  sloRecordings,
  sloSignals,
  whereAlso,
} from '@cirrus/queries'
import { absenceTwin } from '../absence-twin.ts'
import type { RecordingRule } from '../alert-group.ts'
import type { Alert, AlertLevel } from '../alert.ts'
import type { Input } from '../input.ts'
import type { PanelRef } from '../panel-ref.ts'
import { valueFormats } from '../value-format.ts'
import {
  type BurnWindow,
  burnFactor,
  burnLabel,
  errorBudget,
  usualBurnWindows,
} from './burn-window.ts'
import { refuseImpossible } from './refuse-impossible.ts'
import { type SloSeries, sloSeries } from './slo-series.ts'
import { sloTests } from './slo-tests.ts'

type Period =
  | { readonly periodDays: 28 | 30; readonly windows?: readonly BurnWindow[] }
  | { readonly periodDays: number; readonly windows: readonly BurnWindow[] }

/** What an author must say about a service level objective. */
export type SloDefinition<L extends string, Lang extends Language> = Period & {
  /** kebab-case; value of the label `slo`, and in UpperCamel the start of the alert's name. */
  readonly name: string
  readonly title: string
  /** The services that the indicator comes from. */
  readonly services: readonly Service[]
  readonly team: Team | { readonly fromLabel: L & 'team' }
  /** Share of events that must be good over the period. */
  readonly objective: number
  readonly sli: Sli<L, Lang>
  /** Fewer events than this during a short window say too little to alert on. */
  readonly minEvents: number
  /** A panel that shows burn rates. */
  readonly panel: PanelRef<'slo_burn_rate'>
  /** The log lines that explain what went wrong. */
  readonly logs: (labels: LabelReferences<L>) => Lines
  readonly feed: SloFeed<L>
}

/** How tests make the indicator show an error ratio; without `input` the recorded rates do. */
export interface SloFeed<L extends string> {
  readonly labels: Readonly<Record<L, string>>
  readonly input?: (errorRatio: number, eventsPerSecond: number) => readonly Input<'promql'>[]
}

/** An objective as data: what to record, and the alert on how fast its budget is spent. */
export interface Slo {
  readonly name: string
  readonly title: string
  readonly objective: number
  readonly periodDays: number
  readonly recordings: readonly RecordingRule[]
  readonly alert: Alert
}

/**
 * Makes rules and tests of an objective.
 *
 * @throws {RangeError} naming what could never work: an objective without budget, a burn rate that
 * cannot be reached, a window of fewer than four scrapes
 */
export function defineSlo<L extends string, Lang extends Language>(
  definition: SloDefinition<L, Lang>,
): Slo {
  const { name, title, objective, periodDays, windows = usualBurnWindows } = definition
  refuseImpossible({ name, objective, periodDays, windows })
  const labels = definition.sli.events.labels
  const baseSeconds = Math.min(...windows.map(({ shortSeconds }) => shortSeconds))
  const series = sloSeries({ name, labels, baseSeconds })
  const recordings = recordingsOf({ ...definition, windows }, series, baseSeconds)
  const alert = alertOf({ ...definition, windows }, series)
  return { name, title, objective, periodDays, recordings, alert }
}

type Complete<L extends string> = SloDefinition<L, Language> & {
  readonly windows: readonly BurnWindow[]
}

function recordingsOf<L extends string>(
  { name, sli, objective, periodDays, windows }: Complete<L>,
  series: SloSeries,
  baseSeconds: number,
): readonly RecordingRule[] {
  const budget = errorBudget(objective)
  const record = (recording: { readonly name: string }, expr: Vector, window?: string) => ({
    record: recording.name,
    expr,
    windowSeconds: baseSeconds,
    labels: { slo: name, ...(window && { window }) },
  })
  const lengths = windows.flatMap(({ longSeconds, shortSeconds }) => [longSeconds, shortSeconds])
  return [
    record(sloRecordings.events, sli.events),
    record(sloRecordings.errors, sli.errors),
    record(sloRecordings.objective, constant(objective)),
    ...[...new Set(lengths)]
      .toSorted((a, b) => a - b)
      .map((seconds) =>
        record(sloRecordings.burnRate, series.burnRateOf(seconds, budget), formatDuration(seconds)),
      ),
    record(sloRecordings.budgetRemaining, series.budgetRemainingOf(days(periodDays), budget)),
  ]
}

function alertOf<L extends string>(definition: Complete<L>, series: SloSeries): Alert {
  const { name, title, services, team, windows, sli, panel } = definition
  const levels = windows.map((window) => levelOf(window, definition, series))
  const [{ longSeconds } = { longSeconds: 0 }] = windows
  const burnRate = series.burnRate(longSeconds)
  const labels = labelReferences<L>(sli.events.labels)
  const { window } = labelReferences<'window'>(['window'])
  const value = valueFormats.ratio.template
  const subject = 'host' in labels ? ` of {{ $labels.host }}` : ''
  const alert: Alert = {
    name: `${upperCamel(name)}BudgetBurn`,
    signal: defineSignal({ ...sloSignals.burnRate, expr: burnRate }),
    also: undefined,
    team: typeof team === 'string' ? team : undefined,
    levels,
    summary: `${title}${subject}: the error budget is spent at ${value} of the allowed rate`,
    description: `Over the last ${window}, ${title}${subject} spent its error budget at ${value} of what the objective allows, and still does.`,
    panel,
    logs: definition.logs(labels),
    runbook: `${upperCamel(name)}BudgetBurn`,
    ...sloTests({ ...definition, levels }),
    twin: undefined,
  }
  const witness = { services, metric: sloRecordings.events.name, series: series.events }
  return { ...alert, twin: absenceTwin(alert, witness) }
}

function levelOf<L extends string>(
  window: BurnWindow,
  { periodDays, minEvents }: Complete<L>,
  series: SloSeries,
): AlertLevel {
  const { severity, burn, longSeconds, shortSeconds, forSeconds } = window
  const factor = burnFactor(window, periodDays)
  const [long, short] = [formatDuration(longSeconds), formatDuration(shortSeconds)]
  const spending = whereAlso(
    atOrAbove(series.burnRate(longSeconds), factor),
    dropWindow(atOrAbove(series.burnRate(shortSeconds), factor)),
  )
  return {
    key: `${severity}-${burn}`,
    severity,
    forSeconds,
    condition: whereAlso(spending, atOrAbove(series.eventCount(shortSeconds), minEvents)),
    conditionText: `Burn rate over ${long} and over ${short} is at least ${factor}, of ${minEvents} or more events in ${short}`,
    labels: { [burnLabel]: burn },
    resultLabels: { window: long },
  }
}

/** The two windows of a condition differ in this label, and are about the same all the same. */
function dropWindow(vector: Vector<string, Vector['unit'], 'promql'>) {
  return { ...vector, labels: vector.labels.filter((label) => label !== 'window') }
}

function upperCamel(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
