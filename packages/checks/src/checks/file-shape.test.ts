import { describe, expect, it } from 'vitest'
import { foundBy } from '../../test/found-by.ts'

const rule = (text: string): string => `groups:\n  - name: a\n    rules:\n      - ${text}\n`

describe('file-shape', () => {
  it.each([
    ['{alert: A, expr: up == 0}', []],
    ['{alert: A}', ['r.yaml:4:9 The rule "A" has no "expr".']],
    ['{expr: up}', ['r.yaml:4:9 This rule has neither "alert" nor "record".']],
    [
      '{alert: A, record: a, expr: up}',
      ['r.yaml:4:9 This rule is both the alert "A" and the record "a".'],
    ],
    [
      '{alert: A, expr: up, for: 5 min}',
      ['r.yaml:4:35 The value "5 min" of "for" is not a duration.'],
    ],
    ['{alert: A, expr: up, for: 0}', []],
    ['{record: a, expr: up, labels: {b: c}}', []],
    ['{record: a, expr: up, for: 0s, annotations: {}}', []],
    ['{record: a, expr: up, for: , annotations: }', []],
    [
      '{record: a, expr: up, for: 5m}',
      ['r.yaml:4:36 The record "a" has the field "for", which only alerts have.'],
    ],
    ['{record: "a{b=1}", expr: up}', ['r.yaml:4:9 The record "a{b=1}" is no name of a metric.']],
    [
      '{alert: A, expr: up, annotation: {}}',
      ['r.yaml:4:42 The rule "A" has a field "annotation", which no rule has.'],
    ],
  ])('judges the rule %s', (text, found) => {
    expect(foundBy('file-shape', { 'r.yaml': rule(text) })).toEqual(found)
  })

  it('finds groups without a name of their own', () => {
    const rules = 'rules: [{alert: A, expr: up}]'
    const text = `groups:\n  - {name: a, ${rules}}\n  - {name: a, ${rules}}\n  - {${rules}}\n`
    expect(foundBy('file-shape', { 'r.yaml': text })).toEqual([
      'r.yaml:3:12 The group name "a" is used twice in this file.',
      'r.yaml:4:5 This group has no name.',
    ])
  })

  it.each([
    ['groups:\n  - name: "a\n', /^odd:3:1 Missing closing "quote/],
    ['{"panels": [}', /^odd:1:13 A value is expected here, not "}"/],
    ['{"panels": [1, 2', /^odd:1:17 "," or "\]" is expected here, not the end of the file/],
    [`{"panels": ${'['.repeat(500)}`, /nested more than/],
    ['groups:\n  - rules: [*nowhere]\n', /This group has no name/],
    [`groups: ${'['.repeat(20_000)}`, /./],
  ])('finds one fault in %#, whatever is wrong', (text, found) => {
    const faults = foundBy('file-shape', { odd: text })
    expect(faults).toEqual([expect.stringMatching(found)])
  })

  it.each([
    '',
    '\0\u{1f600}',
    'null',
    '[]',
    '{"a": 1}',
    '%YAML 9',
    'a: &x [*x]',
    '--- |\n x\n...',
    '{{- if .a }}\ngroups:\n{{- end }}',
  ])('leaves %j alone, which is something else', (text) => {
    expect(foundBy('file-shape', { odd: text })).toEqual([])
  })
})
