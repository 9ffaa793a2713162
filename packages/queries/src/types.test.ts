import { edgeMetrics, logEvents, workerMetrics } from '@cirrus/catalog'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type Vector,
  atLeast,
  between,
  edgeSignals,
  gauge,
  joinInfo,
  labelReferences,
  lineRate,
  linesFrom,
  linesOf,
  quantile,
  rate,
  ratio,
  sum,
  until,
  whereAlso,
  withDomainOwner,
  workerSignals,
} from './index.ts'

const perHost = sum(rate(edgeMetrics.httpRequests)).by('host')
const notAfter = gauge(workerMetrics.certificateNotAfter)

// Every line below an expect-error comment must fail to compile: `npm run typecheck` says so.
const mistakes = (): readonly unknown[] => [
  // @ts-expect-error a gauge has no rate
  rate(edgeMetrics.connections),
  // @ts-expect-error a bare counter says nothing
  gauge(edgeMetrics.httpRequests),
  // @ts-expect-error a quantile needs a histogram
  quantile(0.99, edgeMetrics.httpRequests),
  // @ts-expect-error the metric has no label "node"
  sum(rate(edgeMetrics.httpRequests)).by('node'),
  // @ts-expect-error the histogram has no label "status"
  quantile(0.99, edgeMetrics.httpRequestDuration).by('status'),
  // @ts-expect-error "host" was summed away
  sum(sum(rate(edgeMetrics.httpRequests)).by('status')).by('host'),
  // @ts-expect-error the metric has no label "team"
  rate(edgeMetrics.httpRequests, { team: 'news' }),
  // @ts-expect-error PASS is no cache status
  rate(edgeMetrics.cacheStatus, { status: 'PASS' }),
  // @ts-expect-error requests and bytes make no ratio
  ratio(sum(rate(edgeMetrics.cacheBytes)).by('host'), perHost),
  // @ts-expect-error per status and per host do not match
  ratio(sum(rate(edgeMetrics.httpRequests)).by('status'), perHost),
  // @ts-expect-error per host and status does not match per host
  ratio(perHost, sum(rate(edgeMetrics.httpRequests)).by('host', 'status')),
  // @ts-expect-error a count is no moment
  until(gauge(workerMetrics.nodeConsecutiveFailures)),
  // @ts-expect-error a duration is no moment
  between(until(notAfter), notAfter),
  // @ts-expect-error PromQL and LogQL do not mix
  whereAlso(perHost, lineRate(linesFrom('edge'))),
  // @ts-expect-error the info metric has no label "node"
  joinInfo(perHost, edgeMetrics.domainInfo, { on: ['host'], take: ['node'] }),
  // @ts-expect-error the result has no label "team" to join on
  joinInfo(perHost, edgeMetrics.domainInfo, { on: ['team'], take: ['env'] }),
  // @ts-expect-error a counter is no info metric
  joinInfo(perHost, edgeMetrics.httpRequests, { on: ['host'], take: ['status'] }),
  // @ts-expect-error only what happens per host has an owner
  withDomainOwner(workerSignals.nodeUp),
  // @ts-expect-error the event has no field "queue"
  linesOf(logEvents.edgeRequest, { queue: 'health' }),
  // @ts-expect-error the path is in the line only, not indexed
  linesOf(logEvents.edgeRequest, { path: '/' }),
  // @ts-expect-error a status is a number
  linesOf(logEvents.edgeRequest, { status: '500' }),
  // @ts-expect-error a method is text
  linesOf(logEvents.edgeRequest, { method: atLeast(1) }),
  // @ts-expect-error alerts per host know no node
  labelReferences(edgeSignals.errorRatio.expr.labels).node,
]

describe('types', () => {
  it('refuse mistakes at compile time', () => {
    expect(mistakes).toBeTypeOf('function')
  })

  it('carry labels and unit of the result', () => {
    expectTypeOf(perHost).toEqualTypeOf<Vector<'host', 'count/s', 'promql'>>()
    const owned = withDomainOwner(edgeSignals.errorRatio).expr
    expectTypeOf(owned).toEqualTypeOf<
      Vector<'host' | 'env' | 'team' | 'business', 'ratio', 'promql'>
    >()
    expect(owned.labels).toEqual(['host', 'env', 'team', 'business'])
  })

  it('keep a query from being changed', () => {
    expect(Object.isFrozen(perHost.node)).toBe(true)
    expect(Object.isFrozen(perHost.labels)).toBe(true)
  })
})
