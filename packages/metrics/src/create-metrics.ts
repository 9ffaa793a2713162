import type { Metric } from '@cirrus/catalog'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Instruments } from './instrument.ts'
import { type LabelGuard, type Labels, createLabelGuard } from './label-guard.ts'

/** More combinations than this are not exported before they happen. */
const MAX_INITIAL_SERIES = 100

/**
 * Registers every metric of a catalog table and returns its typed instruments.
 *
 * Counters whose labels are all closed start at 0, so that `rate()` sees their first increment.
 */
export function createMetrics<const Table extends Readonly<Record<string, Metric>>>(
  registry: Registry,
  metrics: Table,
): Instruments<Table> {
  const instruments = Object.fromEntries(
    Object.entries(metrics).map(([key, metric]) => [key, createInstrument(registry, metric)]),
  )
  // Only here do run-time instruments get their compile-time labels: kind and key match by construction.
  return instruments as Instruments<Table>
}

/** What callers pass: labels first where the metric has labels, then an amount. */
type Args = readonly [first?: Labels | number, second?: number]

function createInstrument(registry: Registry, metric: Metric): object {
  const options = {
    name: metric.name,
    help: metric.help,
    labelNames: metric.labels.map(({ name }) => name),
    registers: [registry],
  }
  const guard = createLabelGuard(metric)
  if (metric.kind === 'counter') return counter(new Counter(options), metric, guard)
  if (metric.kind === 'gauge') return gauge(new Gauge(options), guard)
  if (metric.kind === 'info') return info(new Gauge(options), guard)
  return histogram(new Histogram({ ...options, buckets: [...(metric.buckets ?? [])] }), guard)
}

function counter(target: Counter, metric: Metric, guard: LabelGuard): object {
  for (const labels of initialSeries(metric)) target.inc(labels, 0)
  return {
    ...removal(target, guard),
    inc(...args: Args) {
      const [labels, by = 1] = split(args)
      target.inc(guard.fold(labels), by)
    },
  }
}

function gauge(target: Gauge, guard: LabelGuard): object {
  function add(args: Args, sign: number): void {
    const [labels, by = 1] = split(args)
    target.inc(guard.fold(labels), by * sign)
  }
  return {
    ...removal(target, guard),
    inc: (...args: Args) => add(args, 1),
    dec: (...args: Args) => add(args, -1),
    set(...args: Args) {
      const [labels, value = 0] = split(args)
      target.set(guard.fold(labels), value)
    },
  }
}

function info(target: Gauge, guard: LabelGuard): object {
  return {
    ...removal(target, guard),
    set: (labels: Labels = {}) => target.set(guard.fold(labels), 1),
  }
}

function histogram(target: Histogram, guard: LabelGuard): object {
  return {
    ...removal(target, guard),
    observe(...args: Args) {
      const [labels, value = 0] = split(args)
      target.observe(guard.fold(labels), value)
    },
  }
}

function removal(target: Counter | Gauge | Histogram, guard: LabelGuard): object {
  return {
    remove(labels: Labels = {}) {
      target.remove(labels)
      guard.forget(labels)
    },
    reset() {
      target.reset()
      guard.reset()
    },
  }
}

function split([first, second]: Args): [labels: Labels, amount: number | undefined] {
  return typeof first === 'object' ? [first, second] : [{}, first]
}

/** Every combination of the values of closed labels; none where a label is open. */
function initialSeries({ labels }: Metric): readonly Labels[] {
  const count = labels.reduce((product, { bound }) => product * bound, 1)
  if (count > MAX_INITIAL_SERIES) return []
  return labels.reduce<readonly Labels[]>(
    (series, { name, values = [] }) =>
      series.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  )
}
