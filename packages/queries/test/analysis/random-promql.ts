import type { Chance } from './chance.ts'

/** Labels that series may have; `a` and `job` are on all of them, `e` on none. */
export const labelNames = ['a', 'b', 'c', 'job', 'le', 'e'] as const

const counters = ['requests_total', 'errors_total'] as const
const gauges = ['temperature', 'load', 'info'] as const
const metricNames = [...counters, ...gauges, 'latency_bucket'] as const
const values = ['x', 'y', '', '.+', '.*', 'x|y', 'x|', '[xy]', '^$', 'nothing'] as const

/** A PromQL expression that yields an instant vector, most of the time. */
export function randomPromql(chance: Chance, depth: number): string {
  if (depth === 0) return leaf(chance)
  const inner = (): string => randomPromql(chance, depth - 1)
  return chance.pick([leaf, aggregate, call, relabel, withScalar, ofVectors, window, histogram])(
    chance,
    inner,
  )
}

type Inner = () => string

function leaf(chance: Chance): string {
  const kinds = [selector, selector, rate, rate, overTime, absent, constant] as const
  return chance.pick(kinds)(chance)
}

function selector(chance: Chance): string {
  const plain = bareSelector(chance)
  return chance.oneIn(6)
    ? `${plain} ${chance.pick(['offset 1m', '@ end()', '@ start() offset 30s'])}`
    : plain
}

function bareSelector(chance: Chance): string {
  const labels = chance.oneIn(2) ? [] : [chance.pick(labelNames), ...chance.some(['b', 'c'])]
  const matchers = labels.map((label) => matcher(chance, label))
  if (chance.oneIn(12))
    return `{__name__=~"temp.+|load"${matchers.map((one) => `, ${one}`).join('')}}`
  const braces = matchers.length > 0 ? `{${matchers.join(', ')}}` : ''
  return `${chance.pick(metricNames)}${braces}`
}

function matcher(chance: Chance, label: string): string {
  return `${label}${chance.pick(['=', '!=', '=~', '!~'])}"${chance.pick(values)}"`
}

function rate(chance: Chance): string {
  return `${chance.pick(['rate', 'increase', 'irate', 'delta'])}(${bareSelector(chance)}[5m])`
}

function overTime(chance: Chance): string {
  const name = chance.pick(['avg', 'max', 'count', 'last', 'sum', 'present', 'stddev'])
  return `${name}_over_time(${bareSelector(chance)}[2m]${chance.oneIn(4) ? ' offset 1m' : ''})`
}

function absent(chance: Chance): string {
  const missing = `${chance.pick(['missing', 'load'])}{${matcher(chance, 'b')}, ${matcher(chance, 'c')}, a="nothing"}`
  return chance.oneIn(2) ? `absent(${missing})` : `absent_over_time(${missing}[5m])`
}

function constant(chance: Chance): string {
  return chance.pick(['vector(1)', 'vector(time())', 'hour()', 'vector(scalar(load{a="x"}))'])
}

function grouping(chance: Chance): string {
  if (chance.oneIn(4)) return ''
  return ` ${chance.pick(['by', 'by', 'without'])} (${someLabels(chance)}) `
}

function someLabels(chance: Chance): string {
  return [...chance.some(labelNames), ...(chance.oneIn(8) ? ['__name__'] : [])].join(', ')
}

function aggregate(chance: Chance, inner: Inner): string {
  const group = grouping(chance)
  const name = chance.pick([
    'sum',
    'avg',
    'max',
    'min',
    'count',
    'group',
    'stddev',
    'topk',
    'quantile',
    'count_values',
  ])
  const parameters: Readonly<Record<string, string>> = {
    topk: '3, ',
    quantile: '0.5, ',
    count_values: `"${chance.pick(['v', 'a', 'b'])}", `,
  }
  const argument = `(${parameters[name] ?? ''}${inner()})`
  return chance.oneIn(2) ? `${name}${group}${argument}` : `${name}${argument}${group}`
}

function call(chance: Chance, inner: Inner): string {
  const vector = inner()
  return chance.pick([
    `abs(${vector})`,
    `clamp_max(${vector}, 5)`,
    `round(${vector}, 0.1)`,
    `sort_desc(${vector})`,
    `timestamp(${vector})`,
    `-(${vector})`,
    `-${leaf(chance)}`,
    `(${vector})`,
    `day_of_week(${vector})`,
    `absent(${vector})`,
    `vector(scalar(${vector}))`,
  ])
}

function relabel(chance: Chance, inner: Inner): string {
  const target = chance.pick(['a', 'b', 'e', 'new'])
  const source = chance.pick([...labelNames, ''])
  if (chance.oneIn(3)) {
    const sources = chance.some(labelNames).map((label) => `, "${label}"`)
    return `label_join(${inner()}, "${target}", "${chance.pick(['', '-'])}"${sources.join('')})`
  }
  const replacement = chance.pick(['', 'fixed', '$1', '$1-', '${1}'])
  const pattern = chance.pick(['', '.*', '(.*)', '(.+)', '.+', 'x(.*)', '(x|y)', '(q?)'])
  return `label_replace(${inner()}, "${target}", "${replacement}", "${source}", "${pattern}")`
}

const comparisons = ['==', '!=', '>', '<', '>=', '<='] as const
const arithmetic = ['+', '-', '*', '/', '%', '^'] as const

function operator(chance: Chance): string {
  if (chance.oneIn(2)) return chance.pick(arithmetic)
  return `${chance.pick(comparisons)}${chance.oneIn(3) ? ' bool' : ''}`
}

function withScalar(chance: Chance, inner: Inner): string {
  const number = chance.pick(['0', '1', '2.5', '-1', 'scalar(load)', '(1 + 2)'])
  const sides = chance.oneIn(4) ? [number, inner()] : [inner(), number]
  return sides.join(` ${operator(chance)} `)
}

function ofVectors(chance: Chance, inner: Inner): string {
  if (chance.oneIn(3))
    return `${inner()} ${chance.pick(['and', 'or', 'unless'])}${matching(chance)} ${inner()}`
  if (chance.oneIn(3)) return `${inner()} ${operator(chance)}${matching(chance)} ${inner()}`
  const labels = ['a', ...chance.some(['b', 'c', 'job'])].join(', ')
  const one = `sum by (${labels}) (${inner()})`
  if (chance.oneIn(3)) return `${one} ${operator(chance)} sum by (${labels}) (${inner()})`
  const take = chance.oneIn(2)
    ? `(${chance
        .some(['b', 'c', 'e'])
        .filter((label) => !labels.includes(label))
        .join(', ')})`
    : ''
  return chance.oneIn(2)
    ? `${inner()} ${operator(chance)} on (${labels}) group_left ${take} ${one}`
    : `${one} ${operator(chance)} on (${labels}) group_right ${take} ${inner()}`
}

function matching(chance: Chance): string {
  if (chance.oneIn(2)) return ''
  return ` ${chance.pick(['on', 'on', 'ignoring'])} (${chance.some(labelNames).join(', ')})`
}

function window(chance: Chance, inner: Inner): string {
  const name = chance.pick([
    'max_over_time',
    'last_over_time',
    'rate',
    'count_over_time',
    'deriv',
    'absent_over_time',
  ])
  return `${name}((${inner()})[2m:30s])`
}

function histogram(chance: Chance): string {
  const buckets = `rate(latency_bucket[5m])`
  const labels = ['le', ...chance.some(['a', 'b', 'job'])].slice(chance.below(2)).join(', ')
  return `histogram_quantile(0.9, ${chance.oneIn(3) ? buckets : `sum by (${labels}) (${buckets})`})`
}
