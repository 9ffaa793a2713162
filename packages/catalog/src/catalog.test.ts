import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type LabelValues,
  edgeMetrics,
  logEvents,
  logFields,
  logLabelNames,
  metrics,
} from './index.ts'
import { renderLuaCatalog } from './lua-catalog.ts'
import type { Metric } from './metric.ts'

const all: readonly Metric[] = Object.values(metrics)

describe('metrics', () => {
  it('have unique names in the Prometheus charset', () => {
    const names = all.map((metric) => metric.name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
  })

  it('carry the suffix of their kind and base unit', () => {
    for (const { name, kind, unit } of all) {
      expect([name, name.endsWith('_total')]).toEqual([name, kind === 'counter'])
      const base = name.replace(/_total$/, '')
      if (unit === 'seconds') expect(base).toMatch(/_seconds$/)
      if (unit === 'bytes') expect(base).toMatch(/_bytes$/)
      if (unit === 'timestamp') expect(base).toMatch(/_timestamp_seconds$/)
      if (kind === 'info') expect(name).toMatch(/_info$/)
    }
  })

  it('describe themselves in a sentence', () => {
    for (const { help } of all) expect(help).toMatch(/^[A-Z].*[^ ]\.$/)
  })

  it('have ascending buckets exactly where they are histograms', () => {
    for (const { name, kind, buckets } of all) {
      expect([name, buckets !== undefined]).toEqual([name, kind === 'histogram'])
      expect(buckets).toEqual(buckets?.toSorted((a, b) => a - b))
    }
  })

  it('type the values of closed labels', () => {
    type Series = LabelValues<typeof edgeMetrics.cacheStatus>
    expectTypeOf<Series['host']>().toEqualTypeOf<string>()
    expectTypeOf<'HIT'>().toExtend<Series['status']>()
    // @ts-expect-error PASS is no cache status
    const wrong: Series = { host: 'a.test', status: 'PASS' }
    expect(wrong).toBeDefined()
  })
})

describe('log events', () => {
  it('have unique names', () => {
    const names = Object.values(logEvents).map((event) => event.name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('use the label fields in one order', () => {
    const labels = Object.entries(logFields).filter(([, field]) => field.placement === 'label')
    expect(labels.map(([name]) => name)).toEqual(logLabelNames)
  })
})

describe('renderLuaCatalog', () => {
  it('names every edge metric once', () => {
    const lua = renderLuaCatalog()
    for (const metric of Object.values(edgeMetrics)) {
      expect(lua.split(`name = "${metric.name}"`)).toHaveLength(2)
    }
  })
})
