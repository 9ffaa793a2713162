import { describe, expect, it } from 'vitest'
import {
  type LabelAnswer,
  type QueryKnowledge,
  analyzeLogql,
  labelAnswer,
} from '../../src/index.ts'

type Answers = Readonly<Record<string, LabelAnswer>>

function answersOf(
  text: string,
  labels: readonly string[],
  knowledge: QueryKnowledge = {},
): Answers {
  const { labels: flow } = analyzeLogql(text, knowledge)
  return Object.fromEntries(labels.map((label) => [label, labelAnswer(flow, label)]))
}

const [has, cannot, unknown] = ['has', 'cannot', 'unknown'] as const

describe('labels of LogQL without knowledge', () => {
  it.each<readonly [text: string, answers: Answers]>([
    ['{a="x", b="", c=~".+"}', { a: has, b: unknown, c: has, d: unknown }],
    ['{a="x"} |= "word" != "other" | line_format "{{.b}}" | decolorize', { a: has, b: unknown }],
    ['{a="x"} | b="y" | c!="" | d=""', { a: has, b: has, c: has, d: cannot }],
    ['{a="x"} | b="y" and c="z" or d="w"', { b: unknown, c: unknown, d: unknown }],
    ['{a="x"} | b="y" or b="z" and c="w"', { b: has, c: unknown }],
    ['{a="x"} | b="y", c="z"', { b: has, c: has }],
    ['{a="x"} | status >= 500', { status: unknown }],
    ['{a="x"} | drop b | json', { a: has, b: unknown }],
    ['{a="x"} | b="y" | json', { b: unknown }],
    ['{a="x"} | drop b | logfmt c="d", b', { a: has, b: unknown, c: unknown }],
    ['{a="x"} | keep a | json c="d.e"', { a: has, b: cannot, c: unknown, a_extracted: cannot }],
    [
      '{a="x"} | keep a | regexp "(?P<c>.+)" | pattern "<d> <_>"',
      { c: unknown, d: unknown, e: cannot },
    ],
    ['{a="x"} | keep a | unpack', { a: has, b: unknown }],
    ['{a="x"} | label_format b=a', { a: cannot, b: has }],
    ['{a="x"} | label_format b=c', { b: unknown, c: cannot }],
    ['{a="x"} | label_format b="fixed", c="{{.a}}", a=""', { b: has, c: unknown, a: cannot }],
    ['{a="x"} | drop a, b="y"', { a: cannot, b: unknown }],
    ['{a="x", b="y"} | drop b=~"y.*"', { a: has, b: unknown }],
    ['{a="x"} | keep a, b', { a: has, b: unknown, c: cannot, __error__: unknown }],
    ['{a="x"} | json | __error__=""', { __error__: cannot }],
    ['{a="x"} | $pipeline', { a: unknown }],
    ['count_over_time({a="x"} | json [5m])', { a: has, b: unknown }],
    ['sum(count_over_time({a="x"}[5m]))', { a: cannot }],
    ['sum by (a, b) (rate({a="x"} | json [$__auto]))', { a: has, b: unknown, c: cannot }],
    ['sum without (a) (rate({a="x"}[5m]))', { a: cannot, b: unknown }],
    ['topk(3, rate({a="x"}[5m]))', { a: has, b: unknown }],
    ['sum_over_time({a="x"} | json | unwrap b [5m])', { a: has, b: cannot }],
    [
      'avg_over_time({a="x"} | json | unwrap b [5m] offset 1h) by (a)',
      { a: has, b: cannot, c: cannot },
    ],
    ['max_over_time({a="x"} | unwrap b [5m]) by ()', { a: cannot, c: cannot }],
    ['max_over_time({a="x"} | unwrap b [5m]) without (a)', { a: cannot, b: cannot, c: unknown }],
    ['sum by (b) (sum_over_time({a="x"} | json | unwrap b [5m]))', { b: unknown }],
    ['absent_over_time({a="x", b=~"y"} | json [5m])', { a: has, b: cannot, c: cannot }],
    ['label_replace(rate({a="x"}[5m]), "to", "$1", "a", "(.+)")', { a: has, to: has }],
    ['rate({a="x"}[5m]) / on (b) rate({c="y"}[5m])', { a: cannot, b: unknown }],
    ['sum by (a) (rate({a="x"}[5m])) or vector(0)', { a: unknown, b: cannot }],
    ['sum by (a) (rate({a="x"}[5m])) > bool 1', { a: has, b: cannot }],
    ['vector(1)', { a: cannot }],
    ['{a="x"', { a: unknown }],
  ])('%s', (text, answers) => {
    expect(answersOf(text, Object.keys(answers))).toEqual(answers)
  })
})

describe('labels of LogQL with knowledge', () => {
  it.each<readonly [text: string, answers: Answers]>([
    ['{service="edge"}', { service: has, team: unknown, node: cannot }],
    ['{service="edge"} | json', { service: has, team: unknown, node: unknown }],
    ['sum by (node) (rate({service="edge"}[5m]))', { node: cannot }],
  ])('%s', (text, answers) => {
    const knowledge = { lineLabels: ['service', 'team'] }
    expect(answersOf(text, Object.keys(answers), knowledge)).toEqual(answers)
  })
})
