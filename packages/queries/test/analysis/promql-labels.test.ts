import { describe, expect, it } from 'vitest'
import {
  type LabelAnswer,
  type QueryKnowledge,
  analyzePromql,
  labelAnswer,
} from '../../src/index.ts'

type Answers = Readonly<Record<string, LabelAnswer>>

function answersOf(
  text: string,
  labels: readonly string[],
  knowledge: QueryKnowledge = {},
): Answers {
  const { labels: flow } = analyzePromql(text, knowledge)
  return Object.fromEntries(labels.map((label) => [label, labelAnswer(flow, label)]))
}

const requests: QueryKnowledge = {
  metric: (name) =>
    name === 'requests_total'
      ? { kind: 'counter', labels: ['host', 'job'], optionalLabels: ['pop'], closed: true }
      : undefined,
}

const [has, cannot, unknown] = ['has', 'cannot', 'unknown'] as const

describe('labels of PromQL without knowledge', () => {
  it.each<readonly [text: string, answers: Answers]>([
    ['up', { __name__: has, job: unknown }],
    [
      'up{a="x", b="", c=~".+", d=~"x|", e!="", f!~".*x", g!~".*"}',
      { a: has, b: cannot, c: has, d: unknown, e: has, f: unknown, g: has },
    ],
    ['up{a="$env", b=~"$host", c="x-$env"}', { a: unknown, b: unknown, c: unknown }],
    ['rate(up{a="x"}[5m])', { a: has, __name__: cannot, b: unknown }],
    ['last_over_time(up[5m])', { __name__: has }],
    ['up{a="x"} offset 5m @ end()', { a: has, __name__: has }],
    ['max_over_time(rate(up{a="x"}[5m])[1h:1m])', { a: has, __name__: cannot }],
    ['sum(up{a="x"})', { a: cannot, b: cannot }],
    ['sum by (a, b) (up{a="x"})', { a: has, b: unknown, c: cannot, __name__: cannot }],
    ['sum(up{a="x"}) without (b)', { a: has, b: cannot, c: unknown, __name__: cannot }],
    ['topk by (b) (3, up{a="x"})', { a: has, b: unknown, __name__: has }],
    ['bottomk(3, sum by (a) (up))', { a: unknown, b: cannot }],
    ['count_values("version", up{a="x"})', { version: has, a: cannot }],
    ['count_values by (a) ("version", up{a="x"})', { version: has, a: has, b: cannot }],
    ['up{a="x"} * 2', { a: has, __name__: cannot }],
    ['up{a="x"} > 2', { a: has, __name__: has }],
    ['2 < bool up{a="x"}', { a: has, __name__: cannot }],
    ['-up{a="x"}', { a: has, __name__: cannot }],
    ['up{a="x"} / on (b) down', { a: cannot, b: unknown }],
    ['up / on (b) down{b="x"}', { b: has, a: cannot }],
    ['up{a="x"} / ignoring (a) down{b="y"}', { a: cannot, b: has, c: unknown }],
    ['up{a="x"} / sum by (b) (down)', { b: unknown, c: cannot }],
    [
      'up * on (a) group_left (b, c) sum by (a, b) (down{b="x"})',
      { a: unknown, b: has, c: cannot, d: unknown },
    ],
    ['sum by (a) (up{a="x"}) * on (a) group_right (b) down', { a: has, b: cannot, c: unknown }],
    ['up and on (a) down{a="x"}', { a: has, b: unknown }],
    ['sum by (a, b) (up) and sum by (a) (down{a="x"})', { a: has, b: cannot }],
    ['up{a="x"} or down', { a: unknown }],
    ['sum by (a) (up{a="x"}) or sum by (a) (down{a="y"})', { a: has, b: cannot }],
    ['sum by (a) (up) unless down{a="x"}', { a: unknown, b: cannot }],
    ['a or b{x="y"} / on (x) c', { x: unknown, z: unknown }],
    ['label_replace(up, "to", "fixed", "", "")', { to: has }],
    ['label_replace(up, "to", "fixed", "from", "x.*")', { to: unknown }],
    ['label_replace(up{from="x"}, "to", "$1", "from", "(.+)")', { to: has, from: has }],
    ['label_replace(up, "to", "$1", "from", "(.*)")', { to: unknown }],
    ['label_replace(sum by (from) (up), "to", "$1", "other", "(.*)")', { to: cannot }],
    ['label_replace(sum by (a) (up), "to", "x", "other", ".+")', { to: cannot }],
    ['label_replace(up{to="x"}, "to", "", "from", ".*")', { to: cannot }],
    ['label_join(up, "to", "-", "a", "b")', { to: has }],
    ['label_join(up{a="x"}, "to", "", "a")', { to: has }],
    ['label_join(sum(up), "to", "", "a", "b")', { to: cannot }],
    [
      'absent(up{a="x", b=~"y", c="", d="$env"})',
      { a: has, b: cannot, c: cannot, d: unknown, e: cannot },
    ],
    ['absent_over_time(up{a="x", a="y"}[5m])', { a: unknown, b: cannot }],
    ['absent(sum by (a) (up{a="x"}))', { a: cannot }],
    ['absent(up{$filter, a="x"})', { a: unknown, b: unknown }],
    [
      'histogram_quantile(0.9, sum by (le, a) (rate(x_bucket{a="x"}[5m])))',
      { le: cannot, a: has, b: cannot },
    ],
    ['vector(1)', { a: cannot }],
    ['scalar(up{a="x"})', { a: cannot }],
    ['time()', { a: cannot }],
    ['sort_desc(up{a="x"})', { a: has, __name__: has }],
    ['hour()', { a: cannot }],
    ['hour(up{a="x"})', { a: has, __name__: cannot }],
    [
      'sum by ("service.name") ({"http.requests", "service.name"="x"})',
      { 'service.name': has, a: cannot },
    ],
    ['sum by ($group) (up{a="x"})', { a: unknown, b: unknown }],
    ['$function(up{a="x"})', { a: unknown }],
    ['up{a="x"', { a: unknown, b: unknown }],
  ])('%s', (text, answers) => {
    expect(answersOf(text, Object.keys(answers))).toEqual(answers)
  })
})

describe('labels of PromQL with knowledge', () => {
  it.each<readonly [text: string, answers: Answers]>([
    ['requests_total', { host: has, job: has, pop: unknown, node: cannot }],
    ['requests_total{pop=""}', { pop: cannot }],
    ['sum by (host, node) (rate(requests_total[5m]))', { host: has, node: cannot, job: cannot }],
    ['{__name__="requests_total"}', { host: has, node: cannot }],
    ['other_total', { host: unknown, node: unknown }],
  ])('%s', (text, answers) => {
    expect(answersOf(text, Object.keys(answers), requests)).toEqual(answers)
  })
})
