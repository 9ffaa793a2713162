import { OVERFLOW_VALUE, apiMetrics, defineMetric, labels, workerMetrics } from '@cirrus/catalog'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { createMetrics } from './index.ts'

const info = defineMetric({
  name: 'cirrus_test_info',
  kind: 'info',
  unit: 'boolean',
  help: 'Facts.',
  labels: [labels.env],
  services: ['api'],
})

describe('createMetrics', () => {
  it('counts, measures and observes under catalog names', async () => {
    const registry = new Registry()
    const metrics = createMetrics(registry, apiMetrics)
    metrics.apiRequests.inc({ method: 'GET', route: '/a', status: '2xx' })
    metrics.apiRequests.inc({ method: 'GET', route: '/a', status: '2xx' }, 2)
    metrics.apiRequestsInFlight.set(3)
    metrics.apiRequestsInFlight.dec()
    metrics.apiRequestDuration.observe({ method: 'GET', route: '/a' }, 0.02)
    const lines = (await registry.metrics()).split('\n')
    expect(lines).toContain('cirrus_api_requests_total{method="GET",route="/a",status="2xx"} 3')
    expect(lines).toContain('cirrus_api_requests_in_flight 2')
    expect(lines).toContain(
      'cirrus_api_request_duration_seconds_bucket{le="0.01",method="GET",route="/a"} 0',
    )
    expect(lines).toContain(
      'cirrus_api_request_duration_seconds_bucket{le="0.025",method="GET",route="/a"} 1',
    )
  })

  it('starts counters with closed labels at 0', async () => {
    const registry = new Registry()
    createMetrics(registry, workerMetrics)
    const text = await registry.metrics()
    expect(text).toContain('cirrus_jobs_total{job_name="node-health",branch="failed"} 0')
    expect(text).not.toContain('cirrus_node_checks_total{')
  })

  it('exports facts as a gauge of 1 and forgets them', async () => {
    const registry = new Registry()
    const metrics = createMetrics(registry, { info })
    metrics.info.set({ env: 'staging' })
    expect(await registry.metrics()).toContain('cirrus_test_info{env="staging"} 1')
    metrics.info.remove({ env: 'staging' })
    expect(await registry.metrics()).not.toContain('staging')
  })

  it('forgets what was counted and observed for a thing that is gone', async () => {
    const registry = new Registry()
    const { nodeChecks, nodeCheckDuration } = createMetrics(registry, workerMetrics)
    nodeChecks.inc({ node: 'a', result: 'ok' })
    nodeCheckDuration.observe({ node: 'a' }, 0.1)
    expect(await registry.metrics()).toContain('node="a"')
    nodeChecks.remove({ node: 'a', result: 'ok' })
    nodeCheckDuration.remove({ node: 'a' })
    expect(await registry.metrics()).not.toContain('node="a"')
  })

  it('folds label values beyond the bound, and makes room when series go', async () => {
    const registry = new Registry()
    const { nodeUp } = createMetrics(registry, { nodeUp: workerMetrics.nodeUp })
    const bound = labels.node.bound
    for (let index = 0; index < bound + 5; index += 1) nodeUp.set({ node: `n${index}` }, 1)
    const text = await registry.metrics()
    expect(text.match(/^cirrus_node_up\{/gm)).toHaveLength(bound + 1)
    expect(text).toContain(`cirrus_node_up{node="${OVERFLOW_VALUE}"} 1`)
    nodeUp.remove({ node: 'n0' })
    nodeUp.set({ node: 'late' }, 1)
    expect(await registry.metrics()).toContain('cirrus_node_up{node="late"} 1')
    nodeUp.reset()
    expect(await registry.metrics()).not.toContain('cirrus_node_up{')
  })

  it('does not compile with wrong labels', () => {
    const metrics = createMetrics(new Registry(), { ...apiMetrics, ...workerMetrics })
    const wrong = (): void => {
      // @ts-expect-error a label is missing
      metrics.apiRequests.inc({ method: 'GET', route: '/a' })
      // @ts-expect-error 6xx is no status class
      metrics.apiRequests.inc({ method: 'GET', route: '/a', status: '6xx' })
      // @ts-expect-error `path` is no label
      metrics.nodeUp.set({ node: 'a', path: '/' }, 1)
      // @ts-expect-error labels are missing
      metrics.nodeUp.set(1)
      // @ts-expect-error the gauge has no labels
      metrics.apiRequestsInFlight.set({ node: 'a' }, 1)
      // @ts-expect-error a counter cannot be set
      metrics.apiRequests.set(1)
    }
    expect(wrong).toBeTypeOf('function')
  })
})
