import { describe, expect, it } from 'vitest'
import {
  type Signal,
  apiSignals,
  costSignals,
  edgeSignals,
  minutes,
  reached,
  render,
  ruleContext,
  shipperSignals,
  sloSignals,
  telemetrySignals,
  workerSignals,
} from './index.ts'

const signals: readonly Signal[] = [
  apiSignals,
  costSignals,
  edgeSignals,
  workerSignals,
  shipperSignals,
  sloSignals,
  telemetrySignals,
].flatMap((group) => Object.values(group))

describe('signals', () => {
  it('have unique names in snake case', () => {
    const names = signals.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
  })

  it('describe themselves in a sentence', () => {
    for (const { description } of signals) expect(description).toMatch(/^[A-Z].*\.$/)
  })

  it('page later than they ticket', () => {
    for (const { name, direction, thresholds } of signals) {
      const { page, ticket } = thresholds
      if (page === undefined || ticket === undefined) continue
      expect([name, direction === 'higher_is_worse' ? page > ticket : page < ticket]).toEqual([
        name,
        true,
      ])
    }
  })

  it('have no thresholds where neither direction is worse', () => {
    const neutral = signals.filter(({ direction }) => direction === 'neutral')
    for (const { thresholds } of neutral) expect(thresholds).toEqual({})
  })
})

describe('reached', () => {
  const context = ruleContext(minutes(5))

  it('compares upwards where higher is worse', () => {
    const condition = reached(workerSignals.nodeConsecutiveFailures, 'ticket')
    expect(render(condition, context)).toBe('max by (node) (cirrus_node_consecutive_failures) >= 3')
  })

  it('compares downwards where lower is worse', () => {
    const condition = reached(telemetrySignals.targetsUpRatio, 'page')
    expect(render(condition, context)).toBe('avg by (job) (up) < 0.5')
  })

  it('asks for enough events where the signal has a minimum', () => {
    expect(render(reached(edgeSignals.errorRatio, 'page'), context)).toMatch(
      /and on \(host\) \(sum by \(host\) \(increase\(nginx_http_requests_total\[5m\]\)\) >= 20\)$/,
    )
  })

  it('refuses a severity without threshold', () => {
    expect(() => reached(edgeSignals.hitRatio, 'page')).toThrow(
      'Signal edge_cache_hit_ratio has no threshold for severity page',
    )
  })
})
