import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, foundBy, panel } from '../../test/found-by.ts'

function check(
  alert: string,
  shown: string,
  steps: readonly (number | null)[] = [],
): readonly string[] {
  const thresholds = { steps: steps.map((value) => ({ value })) }
  const drawn = { ...panel(shown), fieldConfig: { defaults: { thresholds } } }
  const link = ['annotations:', '  dashboard_url: https://g/d/demo?viewPanel=1']
  return foundBy('alert-panel', { ...alertFile(alert, link), 'd.json': dashboard([drawn]) })
}

describe('alert-panel', () => {
  it('accepts a panel that shows the signal and its line', () => {
    expect(
      check('rate(x_total[5m]) >= 0.5', 'rate(x_total[$__rate_interval])', [null, 0.5]),
    ).toEqual([])
    expect(check('rate(x_total[5m]) >= 0.5', 'rate(x_total[$__rate_interval])')).toEqual([])
    expect(check('rate(x_count[5m]) > 1', 'rate(x_bucket[5m])')).toEqual([])
  })

  it('finds a panel of something else', () => {
    expect(check('rate(x_total[5m]) >= 0.5', 'up')).toEqual([
      'rules.yaml:4:16 Demo: the panel "Requests" queries none of its metrics.',
    ])
  })

  it('finds a line elsewhere', () => {
    expect(check('rate(x_total[5m]) >= 0.5', 'rate(x_total[5m])', [null, 0.7])).toEqual([
      'rules.yaml:4:16 Demo: the panel "Requests" draws no line at 0.5.',
    ])
  })

  it('traces records back to what they are made of', () => {
    const recording = 'groups: [{name: a, rules: [{record: "a:b", expr: x_total}]}]'
    const link = ['annotations:', '  dashboard_url: https://g/d/demo?viewPanel=1']
    const given = {
      ...alertFile('rate(x_total[5m]) > 1', link),
      'd.json': dashboard([panel('a:b')]),
    }
    expect(foundBy('alert-panel', given)).toHaveLength(1)
    expect(foundBy('alert-panel', { ...given, 'recording.yaml': recording })).toEqual([])
  })

  it('leaves alerts about what is missing alone', () => {
    expect(check('absent(x_total)', 'up')).toEqual([])
  })

  it('leaves what it cannot see alone', () => {
    expect(check('rate(x_total[5m]) >= 0.5', '$metric')).toEqual([])
    expect(check('rate(x_total[5m]) >= 0.5', 'up + {__name__=~"$metric"}')).toEqual([])
    expect(check('rate(x_total[5m]) > on () limit', 'rate(x_total[5m])', [null, 0.7])).toEqual([])
  })
})
