import { describe, expect, it } from 'vitest'
import { alertFile, dashboard, foundBy, panel } from '../../test/found-by.ts'
import type { CatalogMetric } from '../context.ts'

function metric(name: string): CatalogMetric {
  const place = { file: 'catalog.ts', line: 7, column: 5 }
  return { name, kind: 'histogram', labels: [], buckets: 3, instances: 1, place }
}

describe('orphan', () => {
  it('finds metrics, records and alerts that nobody looks at', () => {
    const given = {
      ...alertFile('x_total > 1'),
      'recording.yaml': 'groups: [{name: a, rules: [{record: "a:b", expr: up}]}]',
      'd.json': dashboard([panel('rate(duration_bucket[5m])')]),
    }
    const catalog = [metric('duration'), metric('size')]
    expect(foundBy('orphan', given, { catalog, complete: true })).toEqual([
      'catalog.ts:7:5 No panel and no rule uses the metric size.',
      'recording.yaml:1:37 No panel and no rule uses the record a:b.',
      'rules.yaml:4:16 No panel shows a metric of Demo.',
    ])
  })

  it('accepts what is used', () => {
    const given = { ...alertFile('up == 0'), 'd.json': dashboard([panel('up')]) }
    expect(foundBy('orphan', given, { catalog: [metric('up')], complete: true })).toEqual([])
  })

  it('says nothing while only some files are checked', () => {
    expect(foundBy('orphan', alertFile('up == 0'), { catalog: [metric('size')] })).toEqual([])
  })
})
