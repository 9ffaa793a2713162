import type { Lines, Quantity } from '@cirrus/queries'
import type { Panel, Shown } from './panel.ts'

/** At least one signal; all of one unit, because they share an axis. */
type SameUnit<Name extends string, U extends Quantity> = readonly [
  Shown<Name, U>,
  ...(readonly Shown<Name, NoInfer<U>>[]),
]

interface Frame {
  readonly id: number
  readonly title?: string
  readonly description?: string
  readonly width?: number
  readonly height?: number
}

/** Lines over time. */
export function timeSeries<Name extends string, U extends Quantity>({
  series,
  ...frame
}: Frame & {
  readonly series: SameUnit<Name, U>
  readonly unit?: string
  readonly stacked?: boolean
}): Panel<Name> {
  return { kind: 'timeseries', ...signalPanel(series), width: 12, height: 8, ...frame }
}

/** One number each, now. */
export function stat<Name extends string, U extends Quantity>({
  series,
  ...frame
}: Frame & { readonly series: SameUnit<Name, U> }): Panel<Name> {
  return { kind: 'stat', ...signalPanel(series), width: 6, height: 4, ...frame }
}

/** One row per label set, one column per signal, now. */
export function table<Name extends string>({
  columns,
  ...frame
}: Frame & {
  readonly columns: readonly [Shown<Name>, ...(readonly Shown<Name>[])]
}): Panel<Name> {
  return { kind: 'table', ...signalPanel(columns), width: 24, height: 10, ...frame }
}

/** Words and links, in Markdown. */
export function text(
  frame: Frame & {
    readonly title: string
    readonly description: string
    readonly content: string
  },
): Panel<never> {
  return { kind: 'text', signals: [], shows: {}, queries: [], width: 24, height: 6, ...frame }
}

/** Log lines, newest first. */
export function logs({
  lines,
  ...frame
}: Frame & {
  readonly title: string
  readonly description: string
  readonly lines: Lines
}): Panel<never> {
  const queries = [{ query: lines, legend: '' }]
  return { kind: 'logs', signals: [], shows: {}, queries, width: 24, height: 12, ...frame }
}

function signalPanel<Name extends string>(
  series: readonly [Shown<Name>, ...(readonly Shown<Name>[])],
) {
  const [{ signal }] = series
  return {
    title: signal.title,
    description: signal.description,
    queries: series.map(({ signal: { expr }, legend }) => ({ query: expr, legend })),
    signals: series.map((one) => one.signal),
    shows: namesOf(series),
  }
}

function namesOf<Name extends string>(series: readonly Shown<Name>[]): Readonly<Record<Name, true>>
function namesOf(series: readonly Shown[]): Readonly<Record<string, true>> {
  return Object.fromEntries(series.map(({ name }) => [name, true as const]))
}
