import type { QueryType } from '../query-analysis.ts'

type Argument = Exclude<QueryType, 'logs' | 'unknown'>

export interface FunctionSignature {
  readonly takes: readonly Argument[]
  /** How many arguments at the end may be left out. */
  readonly optional: number
  /** Whether the last argument may be repeated. */
  readonly repeats: boolean
  readonly returns: 'instant vector' | 'scalar'
}

const short = {
  v: 'instant vector',
  r: 'range vector',
  n: 'scalar',
  s: 'string',
} as const satisfies Record<string, Argument>

function isShort(letter: string): letter is keyof typeof short {
  return letter in short
}

/** `v` instant vector, `r` range vector, `n` scalar, `s` string; `?` may be left out, `*` repeats. */
const vectorFunctions: Readonly<Record<string, string>> = {
  v: `abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg
    histogram_count histogram_sum histogram_stddev histogram_stdvar ln log10 log2 rad sgn sin sinh
    sort sort_desc sqrt tan tanh timestamp start_timestamp`,
  'v?': 'days_in_month day_of_month day_of_week day_of_year hour minute month year',
  r: `absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta
    increase irate last_over_time mad_over_time max_over_time min_over_time ts_of_first_over_time
    ts_of_max_over_time ts_of_min_over_time ts_of_last_over_time present_over_time rate resets
    stddev_over_time stdvar_over_time sum_over_time`,
  vnn: 'clamp',
  vn: 'clamp_max clamp_min',
  'vn?': 'round',
  nnv: 'histogram_fraction',
  nv: 'histogram_quantile',
  'vsn*': 'histogram_quantiles',
  rnn: 'double_exponential_smoothing',
  'vv?': 'info',
  vssss: 'label_replace',
  'vsss?*': 'label_join',
  rn: 'predict_linear',
  nr: 'quantile_over_time',
  'vs?*': 'sort_by_label sort_by_label_desc',
  n: 'vector',
}

const scalarFunctions: Readonly<Record<string, string>> = {
  '': 'pi time start end range step',
  v: 'scalar',
  nn: 'max_of min_of',
}

const signatures: ReadonlyMap<string, FunctionSignature> = new Map([
  ...signaturesOf(vectorFunctions, 'instant vector'),
  ...signaturesOf(scalarFunctions, 'scalar'),
])

function signaturesOf(
  table: Readonly<Record<string, string>>,
  returns: FunctionSignature['returns'],
): readonly (readonly [string, FunctionSignature])[] {
  return Object.entries(table).flatMap(([code, names]) => {
    const signature = {
      takes: [...code].filter(isShort).map((letter) => short[letter]),
      optional: code.includes('?') ? 1 : 0,
      repeats: code.includes('*'),
      returns,
    }
    return names.split(/\s+/).flatMap((name) => (name === '' ? [] : [[name, signature] as const]))
  })
}

/** What a function takes and returns. */
export function signatureOf(name: string): FunctionSignature | undefined {
  return signatures.get(name)
}

/** Functions that want a counter: they take what looks like a reset for one. */
export const rateFunctions: ReadonlySet<string> = new Set(['rate', 'irate', 'increase'])

/** Functions that need two samples in their window. */
export const twoSampleFunctions: ReadonlySet<string> = new Set([
  ...rateFunctions,
  'delta',
  'deriv',
  'idelta',
  'predict_linear',
])
