import type { Chance } from './chance.ts'

/** Labels of streams, of structured metadata and of lines, and one that is nowhere. */
const labelNames = ['app', 'zone', 'trace', 'level', 'status', 'took', 'none'] as const
const values = ['x', 'y', 'web', '', '.+', '.*', 'x|web', 'error|', 'info', '500'] as const

/** A LogQL expression: lines or numbers. */
export function randomLogql(chance: Chance): string {
  return chance.oneIn(4) ? lines(chance) : randomMetric(chance, chance.below(3))
}

function lines(chance: Chance): string {
  const count = chance.below(4)
  return `${selector(chance)}${Array.from({ length: count }, () => stage(chance)).join('')}`
}

function selector(chance: Chance): string {
  const matchers = chance.some(['app', 'zone', 'none']).map((label) => matcher(chance, label))
  return `{${['job="demo"', ...matchers].join(', ')}}`
}

function matcher(chance: Chance, label: string): string {
  return `${label}${chance.pick(['=', '!=', '=~', '!~'])}"${chance.pick(values)}"`
}

function stage(chance: Chance): string {
  return chance.pick([parser, parser, where, where, format, dropOrKeep, line])(chance)
}

function parser(chance: Chance): string {
  return chance.pick([
    ' | json',
    ' | json',
    ' | logfmt',
    ' | logfmt --keep-empty',
    ' | unpack',
    ' | json level="level", app="deep.app"',
    ' | json none="nothing"',
    ' | logfmt status, zone="took"',
    ' | regexp "(?P<level>info|error)"',
    ' | pattern "<_> <app> <_>"',
  ])
}

function where(chance: Chance): string {
  const parts = Array.from({ length: 1 + chance.below(3) }, () => condition(chance))
  const joined = parts.reduce((left, right) => `${left} ${chance.pick(['and', 'or'])} ${right}`)
  return ` | ${joined}`
}

function condition(chance: Chance): string {
  if (chance.oneIn(4))
    return chance.pick(['status > 300', 'took >= 10ms', '__error__=""', 'status == 200'])
  if (chance.oneIn(6)) return `(${condition(chance)} or ${condition(chance)})`
  return matcher(chance, chance.pick(labelNames))
}

function format(chance: Chance): string {
  const [target, source] = [chance.pick(labelNames), chance.pick(labelNames)]
  return ` | label_format ${chance.pick([
    `${target}=${source}`,
    `${target}="fixed"`,
    `${target}="{{.${source}}}"`,
    `fresh=${source}, ${target}="a"`,
    `${target}=""`,
  ])}`
}

function dropOrKeep(chance: Chance): string {
  const names = chance.some(labelNames)
  const label = chance.pick(labelNames)
  const targets = [
    ...names.filter((name) => name !== label),
    chance.oneIn(2) ? label : matcher(chance, label),
  ]
  return ` | ${chance.pick(['drop', 'drop', 'keep'])} ${targets.join(', ')}`
}

function line(chance: Chance): string {
  return chance.pick([
    ' |= "o"',
    ' != "zzz"',
    ' |~ "a|e"',
    ' | line_format "{{.level}} {{.app}}"',
    ' | decolorize',
  ])
}

function randomMetric(chance: Chance, depth: number): string {
  if (depth === 0) return range(chance)
  const inner = (): string => randomMetric(chance, depth - 1)
  return chance.pick([aggregate, aggregate, relabel, withScalar, ofVectors])(chance, inner)
}

type Inner = () => string

function range(chance: Chance): string {
  if (chance.oneIn(8)) return `absent_over_time({job="nowhere", ${matcher(chance, 'app')}}[5m])`
  if (chance.oneIn(3)) return unwrapped(chance)
  const name = chance.pick(['count_over_time', 'rate', 'bytes_over_time', 'bytes_rate'])
  return `${name}(${lines(chance)}${noErrors(chance)} [1h]${chance.oneIn(5) ? ' offset 1s' : ''})`
}

/** Lines that failed make the whole query fail. */
function noErrors(chance: Chance): string {
  return chance.pick([' | __error__=""', ' | drop __error__, __error_details__'])
}

function unwrapped(chance: Chance): string {
  const name = chance.pick(['sum', 'avg', 'max', 'min', 'last', 'stddev'])
  const label = chance.pick(['status', 'took'])
  const groups = name === 'sum' || chance.oneIn(2) ? '' : grouping(chance)
  const source = `${lines(chance)} | json | unwrap ${label === 'took' ? 'duration(took)' : label} | __error__=""`
  return `${name}_over_time(${source} [1h])${groups}`
}

function grouping(chance: Chance): string {
  return ` ${chance.pick(['by', 'by', 'without'])} (${chance.some(labelNames).join(', ')})`
}

function aggregate(chance: Chance, inner: Inner): string {
  const name = chance.pick(['sum', 'avg', 'max', 'min', 'count', 'topk', 'sort_desc', 'stddev'])
  if (name === 'sort_desc') return `sort_desc(${inner()})`
  const groups = chance.oneIn(4) ? '' : grouping(chance)
  const argument = `(${name === 'topk' ? '2, ' : ''}${inner()})`
  return chance.oneIn(2) ? `${name}${groups}${argument}` : `${name}${argument}${groups}`
}

function relabel(chance: Chance, inner: Inner): string {
  const replacement = chance.pick(['', 'fixed', '$1'])
  const pattern = chance.pick(['', '.*', '(.*)', '(.+)', 'x(.*)'])
  const [target, source] = [chance.pick(['app', 'fresh']), chance.pick(labelNames)]
  return `label_replace(${inner()}, "${target}", "${replacement}", "${source}", "${pattern}")`
}

function withScalar(chance: Chance, inner: Inner): string {
  const operator = chance.pick(['+', '*', '>', '>= bool', '!=', '=='])
  return chance.oneIn(4) ? `2 ${operator} ${inner()}` : `${inner()} ${operator} 1`
}

function ofVectors(chance: Chance, inner: Inner): string {
  const labels = chance.some(['app', 'zone', 'level']).join(', ')
  const matching = chance.oneIn(2) ? '' : ` ${chance.pick(['on', 'ignoring'])} (${labels})`
  if (chance.oneIn(2))
    return `${inner()} ${chance.pick(['and', 'or', 'unless'])}${matching} ${inner()}`
  const operator = chance.pick(['/', '-', '>', '<= bool'])
  if (chance.oneIn(3)) return `${inner()} ${operator}${matching} ${inner()}`
  const one = `sum by (app) (${inner()})`
  const take = chance.pick(['', '(none)', '(zone)'])
  return chance.oneIn(2)
    ? `${inner()} ${operator} on (app) group_left ${take} ${one}`
    : `${one} ${operator} ${chance.pick(['', 'on (app) '])}sum by (app) (${inner()})`
}
