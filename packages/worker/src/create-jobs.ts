import type { JobName, LogLevel, workerMetrics } from '@cirrus/catalog'
import type { Logger } from '@cirrus/logging'
import type { Instruments } from '@cirrus/metrics'
import type { Store } from '@cirrus/store'
import type { WorkerConfig } from './config.ts'
import type { ScheduledJob } from './job.ts'
import { createCertificateInventoryJob } from './jobs/certificate-inventory.ts'
import { createNodeHealthJob } from './jobs/node-health.ts'
import { probeNode } from './probe-node.ts'
import type { Sources } from './sources.ts'

interface JobsDependencies {
  readonly config: WorkerConfig
  readonly store: Store
  readonly metrics: Instruments<typeof workerMetrics>
  readonly logger: Pick<Logger, LogLevel>
  readonly sources: Sources
}

const PROBE_TIMEOUT_MS = 2000
const MAX_JITTER_MS = 500

/** A job for every entry of the catalog. */
export function createJobs({
  config,
  store,
  metrics,
  logger,
  sources: { nowMs, now, random },
}: JobsDependencies): Readonly<Record<JobName, ScheduledJob>> {
  const nodeHealthIntervalMs = config.nodeHealthIntervalSecs * 1000
  return {
    'node-health': {
      intervalMs: nodeHealthIntervalMs,
      job: createNodeHealthJob({
        store,
        metrics,
        logger,
        now,
        thresholds: {
          failsToDown: config.nodeHealthFailsToDown,
          succsToUp: config.nodeHealthSuccsToUp,
        },
        probe: (node, signal) => probeNode(node, { timeoutMs: PROBE_TIMEOUT_MS, nowMs, signal }),
        jitterMs: () => random() * Math.min(MAX_JITTER_MS, nodeHealthIntervalMs / 4),
      }),
    },
    'certificate-inventory': {
      intervalMs: config.certificateIntervalSecs * 1000,
      job: createCertificateInventoryJob({ store, metrics }),
    },
  }
}
