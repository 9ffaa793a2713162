import { describe, expect, it } from 'vitest'
import { analyzeLogql, analyzePromql } from '../../src/index.ts'

describe('selectors', () => {
  it('have name, matchers, window, surroundings and place', () => {
    const text = 'sum(rate(requests{host="$host", code=~"5.."}[5m])) / up'
    const [requests, up] = analyzePromql(text).selectors
    expect(requests).toEqual({
      metric: 'requests',
      matchers: [
        { label: 'host', operator: '=', value: '$host' },
        { label: 'code', operator: '=~', value: '5..' },
      ],
      range: { seconds: 300, from: 9, to: text.indexOf(')') },
      inside: ['sum', 'rate'],
      from: 9,
      to: text.indexOf('[5m]'),
    })
    expect(up).toEqual({
      metric: 'up',
      matchers: [],
      inside: [],
      from: text.length - 2,
      to: text.length,
    })
  })

  it('are found around variables, with places in the original text', () => {
    const text = 'sum by ($group) (rate(${metric}{a="b"}[${window:raw}])) > [[limit]] or down'
    const selectors = analyzePromql(text).selectors.map(({ from, to, metric, range }) => [
      text.slice(from, to),
      metric,
      range?.seconds,
    ])
    expect(selectors).toEqual([
      ['${metric}{a="b"}', undefined, undefined],
      ['down', 'down', undefined],
    ])
  })

  it('of log streams are found with their window', () => {
    const text = 'sum(count_over_time({app="$app"} |= `$word` | json [1h30m]))'
    const [streams] = analyzeLogql(text).selectors
    expect(streams).toMatchObject({
      matchers: [{ label: 'app', operator: '=', value: '$app' }],
      range: { seconds: 5400 },
      inside: ['sum', 'count_over_time'],
    })
    expect(text.slice(streams?.from, streams?.to)).toBe('{app="$app"}')
  })
})

describe('types', () => {
  it.each([
    ['up', 'instant vector'],
    ['up[5m]', 'range vector'],
    ['up[5m:1m]', 'range vector'],
    ['1 + 1', 'scalar'],
    ['time()', 'scalar'],
    ['"text"', 'string'],
    ['(up)', 'instant vector'],
    ['rate(up[$__rate_interval]) * $__interval_ms', 'instant vector'],
    ['$query', 'unknown'],
  ])('of PromQL %s: %s', (text, type) => {
    expect(analyzePromql(text).type).toBe(type)
  })

  it.each([
    ['{a="x"} | json', 'logs'],
    ['rate({a="x"}[5m])', 'instant vector'],
    ['(sum(rate({a="x"}[5m])))', 'instant vector'],
    ['1 + 1', 'scalar'],
    ['${query}', 'unknown'],
  ])('of LogQL %s: %s', (text, type) => {
    expect(analyzeLogql(text).type).toBe(type)
  })
})
