import { describe, expect, it } from 'vitest'
import {
  type ProblemCode,
  type QueryAnalysis,
  analyzeLogql,
  analyzePromql,
  catalogKnowledge,
  ruleProblems,
} from '../../src/index.ts'

const knowledge = catalogKnowledge()

/** Codes with the part of the text they are about. */
function findings(text: string, { problems }: QueryAnalysis): readonly string[] {
  return problems.map(({ code, from, to }) => `${code}: ${text.slice(from, to)}`)
}

describe('problems of PromQL', () => {
  it.each<readonly [code: ProblemCode, part: string, text: string]>([
    ['syntax', '', 'sum(rate(up[5m])'],
    ['syntax', '', 'up{job="$job"} + sum(rate(up[$__rate_interval])'],
    ['wrong_argument', 'up', 'sum(rate(up))'],
    ['wrong_argument', 'abs(up, 1)', 'abs(up, 1)'],
    ['wrong_argument', 'topk(up)', 'topk(up)'],
    ['wrong_argument', 'up[5m]', 'up[5m] + 1'],
    ['wrong_argument', '1 > 2', '1 > 2'],
    ['wrong_argument', '1', 'up and 1'],
    ['wrong_argument', 'up + bool up', 'up + bool up'],
    ['wrong_argument', 'up and on (job) group_left up', 'up and on (job) group_left up'],
    ['wrong_argument', 'sum(up)[5m]', 'max_over_time(sum(up)[5m])'],
    ['empty_selector', '{job=~".*"}', 'count({job=~".*"})'],
    ['missing_label', 'up{host="a"}', 'sum(up{host="a"})'],
    ['rate_of_gauge', 'rate(up[5m])', 'sum(rate(up[5m]))'],
    [
      'delta_of_counter',
      'delta(nginx_http_requests_total[5m])',
      'delta(nginx_http_requests_total[5m])',
    ],
    ['bare_counter', 'nginx_http_requests_total', 'sum by (host) (nginx_http_requests_total) > 5'],
    ['rate_of_aggregate', 'rate(sum(x_total)[5m:])', 'max(rate(sum(x_total)[5m:]))'],
    [
      'quantile_without_le',
      'histogram_quantile(0.9, sum(rate(x_bucket[5m])))',
      'histogram_quantile(0.9, sum(rate(x_bucket[5m]))) > 1',
    ],
    ['match_impossible', 'sum by (a) (x{a="y"}) / sum(x)', 'sort(sum by (a) (x{a="y"}) / sum(x))'],
    [
      'match_impossible',
      'x{a="x"} and on (a) sum by (b) (y)',
      'x{a="x"} and on (a) sum by (b) (y)',
    ],
    ['side_lacks_label', 'sum by (host) (x) / sum(y)', 'sum by (host) (x) / sum(y)'],
    ['side_lacks_label', 'x / on (host) sum by (job) (y)', 'x / on (host) sum by (job) (y)'],
    [
      'side_lacks_label',
      'x * on (a) group_left (c) sum by (a) (y)',
      'x * on (a) group_left (c) sum by (a) (y)',
    ],
    ['always_false', 'count(up) == 0', 'count(up) == 0'],
    ['always_false', 'up > 5 < 3', 'up > 5 < 3'],
    ['always_true', 'absent(up) > 0', 'absent(up) > 0'],
    ['always_true', '2 > bool 1', 'clamp_max(up, 2 > bool 1)'],
    [
      'range_too_short',
      'rate(nginx_http_requests_total[5s])',
      'rate(nginx_http_requests_total[5s])',
    ],
  ])('%s: %s', (code, part, text) => {
    expect(findings(text, analyzePromql(text, knowledge))).toEqual([`${code}: ${part}`])
  })

  it.each([
    'rate(nginx_http_requests_total[1m])',
    'max_over_time(up[1s])',
    'absent(nginx_http_requests_total)',
    'count(nginx_http_requests_total)',
    'nginx_http_requests_total unless nginx_http_requests_total offset 1h',
    'nginx_http_requests_total - nginx_http_requests_total offset 1h > 3',
    'sum(rate(nginx_http_requests_total[1m])) / sum(rate(nginx_http_requests_total[1m]))',
    'histogram_quantile(0.9, sum(rate(native_histogram[5m])))',
    'max(rate(x[5m])) > $threshold',
    'topk($n, up)',
    '$aggregation by ($group) (up)',
    'sum(up{$filter})',
    'sum(up) $operator sum(up)',
    'up{job="a"} or up{job="b"}',
    'sum by (host) (x) > bool 0.5',
    'deriv(up[5m])',
    'abs(up) >= 0',
    '{__name__=~"node_.+"}',
    '1./3. * up',
    'holt_winters(up[5m], 0.5, 0.5)',
    'min_of(1, 2)',
    '# comment with $x and "\nup',
  ])('none in %s', (text) => {
    expect(findings(text, analyzePromql(text, knowledge))).toEqual([])
  })
})

describe('problems of LogQL', () => {
  it.each<readonly [code: ProblemCode, part: string, text: string]>([
    ['syntax', '', 'sum(rate({a="x"}[5m])'],
    ['wrong_argument', 'sum_over_time({a="x"}[5m])', 'sum_over_time({a="x"}[5m])'],
    [
      'wrong_argument',
      'count_over_time({a="x"}[5m]) by (a)',
      'count_over_time({a="x"}[5m]) by (a)',
    ],
    ['empty_selector', '{a=~".*"}', 'rate({a=~".*"}[5m])'],
    [
      'match_impossible',
      'rate({a="x"}[5m]) / sum(rate({a="x"}[5m]))',
      'rate({a="x"}[5m]) / sum(rate({a="x"}[5m]))',
    ],
    ['always_false', 'count_over_time({a="x"}[5m]) < 1', 'count_over_time({a="x"}[5m]) < 1'],
  ])('%s: %s', (code, part, text) => {
    expect(findings(text, analyzeLogql(text))).toEqual([`${code}: ${part}`])
  })

  it.each([
    'count_over_time({a="$a"} |= `$search` | json | status >= $status [$__auto])',
    'topk($n, sum by (x) (rate({a="x"}[${window}])))',
    'avg_over_time({a="x"} | unwrap y | __error__="" [5m] offset 1h) by (z)',
    'sum(rate({a="x"}[$__range])) > $limit',
    'variants(count_over_time({a="x"}[5m])) of ({a="x"}[5m])',
    '{$filter} | json',
  ])('none in %s', (text) => {
    expect(findings(text, analyzeLogql(text))).toEqual([])
  })
})

describe('ruleProblems', () => {
  it.each([
    ['{a="x"} |= "error"', analyzeLogql, ['not_for_rules']],
    ['count_over_time({a="x"}[5m]) > 3', analyzeLogql, []],
    ['up[5m]', analyzePromql, ['not_for_rules']],
    ['"text"', analyzePromql, ['not_for_rules']],
    ['vector(1)', analyzePromql, []],
    ['$anything', analyzePromql, []],
  ] as const)('%s', (text, analyze, codes) => {
    expect(ruleProblems(analyze(text), text).map(({ code }) => code)).toEqual(codes)
  })
})
