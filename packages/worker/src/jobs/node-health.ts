import { setTimeout as pause } from 'node:timers/promises'
import { type LogLevel, labels, logEvents, type workerMetrics } from '@cirrus/catalog'
import { type Logger, logEvent } from '@cirrus/logging'
import type { Instruments } from '@cirrus/metrics'
import type { Node, NodeHealth, Store } from '@cirrus/store'
import { allPages } from '../all-pages.ts'
import { concurrently } from '../concurrently.ts'
import type { Job, JobRun } from '../job.ts'
import { type HealthThresholds, UNCHECKED, nextHealth } from '../next-health.ts'
import type { ProbeResult } from '../probe-node.ts'

export interface NodeHealthDependencies {
  readonly store: {
    readonly nodes: Pick<Store['nodes'], 'list'>
    readonly nodeHealth: Store['nodeHealth']
  }
  readonly metrics: Pick<
    Instruments<typeof workerMetrics>,
    'nodeUp' | 'nodeConsecutiveFailures' | 'nodeChecks' | 'nodeCheckDuration'
  >
  readonly logger: Pick<Logger, LogLevel>
  readonly thresholds: HealthThresholds
  readonly probe: (node: Node, signal: AbortSignal) => Promise<ProbeResult>
  /** How long to wait before a check, so that nodes are not all asked at once. */
  readonly jitterMs: () => number
  readonly now: () => Date
}

const MAX_CHECKS_AT_ONCE = 32

/** Checks every node and keeps what is known of its health in the store. */
export function createNodeHealthJob(dependencies: NodeHealthDependencies): Job {
  const { store, metrics } = dependencies
  /** Nodes that have series in this worker besides those of {@link exportHealth}. */
  const checked = new Set<string>()

  async function check(node: Node, run: JobRun): Promise<void> {
    await pause(dependencies.jitterMs(), undefined, { signal: run.signal }).catch(() => undefined)
    run.signal.throwIfAborted()
    const result = await dependencies.probe(node, run.signal)
    run.signal.throwIfAborted()
    checked.add(node.id)
    metrics.nodeChecks.inc({ node: node.id, result: result.ok ? 'ok' : 'failed' })
    metrics.nodeCheckDuration.observe({ node: node.id }, result.durationSeconds)
    await keep(node, { result, run }, dependencies)
  }

  async function refresh(): Promise<void> {
    const nodes = await listNodes(store)
    const healths = new Map<string, NodeHealth | undefined>()
    await concurrently(nodes, MAX_CHECKS_AT_ONCE, async ({ id }) => {
      healths.set(id, await store.nodeHealth.get(id))
    })
    exportHealth(healths, metrics)
    for (const id of checked) if (!healths.has(id)) forget(id)
  }

  function forget(node: string): void {
    checked.delete(node)
    metrics.nodeCheckDuration.remove({ node })
    for (const result of labels.checkResult.values ?? [])
      metrics.nodeChecks.remove({ node, result })
  }

  return {
    async run(run) {
      const nodes = await listNodes(store)
      if (nodes.length === 0) return { branch: 'skipped', reason: 'no_nodes' }
      await concurrently(nodes, MAX_CHECKS_AT_ONCE, (node) => check(node, run))
      await refresh()
      return { branch: 'done', reason: 'nodes_checked' }
    },
    refresh,
  }
}

async function listNodes({ nodes }: NodeHealthDependencies['store']): Promise<readonly Node[]> {
  const stored = await allPages(nodes.list)
  return stored.map(({ document }) => document)
}

/** Writes the health after one check, and a log line where the state changed. */
async function keep(
  { id }: Node,
  { result, run }: { readonly result: ProbeResult; readonly run: JobRun },
  { store, thresholds, now, logger }: NodeHealthDependencies,
): Promise<void> {
  const current = (await store.nodeHealth.get(id)) ?? UNCHECKED
  const next = nextHealth(current, result.ok, thresholds)
  const health = { ...next, checked_at: now().toISOString(), reason: result.reason }
  const context = { caller: 'worker', requestId: run.id }
  if (!(await store.nodeHealth.record(id, health, context))) return
  logEvent(
    logger,
    logEvents.nodeHealthChanged,
    { node: id, branch: next.state, reason: result.reason, job_id: run.id },
    { level: next.state === 'up' ? 'info' : 'warn' },
  )
}

function exportHealth(
  healths: ReadonlyMap<string, NodeHealth | undefined>,
  { nodeUp, nodeConsecutiveFailures }: NodeHealthDependencies['metrics'],
): void {
  nodeUp.reset()
  nodeConsecutiveFailures.reset()
  for (const [node, health] of healths) {
    nodeConsecutiveFailures.set({ node }, health?.failures ?? 0)
    if (health && health.state !== 'unknown') nodeUp.set({ node }, health.state === 'up' ? 1 : 0)
  }
}
