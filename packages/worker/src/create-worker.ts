import { apiMetrics, logEvents, workerMetrics } from '@cirrus/catalog'
import { type Logger, logEvent } from '@cirrus/logging'
import { createMetrics, createMetricsServer } from '@cirrus/metrics'
import { connectStore } from '@cirrus/store'
import { Redis } from 'ioredis'
import { Registry } from 'prom-client'
import type { WorkerConfig } from './config.ts'
import { createJobs } from './create-jobs.ts'
import { createErrorReporter } from './report-error.ts'
import { requireNoEviction } from './require-no-eviction.ts'
import { type JobService, serveJobs } from './serve-jobs.ts'
import { type Sources, systemSources } from './sources.ts'
import { type StoreWatch, watchStore } from './watch-store.ts'

interface WorkerDependencies {
  readonly logger: Logger
  readonly sources?: Sources
}

/** One worker process: takes jobs from every queue, and serves its own `/metrics` and `/healthz`. */
export interface Worker {
  /**
   * Serves `/metrics` at once, and takes jobs as soon as Redis answers; resolves then.
   *
   * @throws {RedisEvictsError} when Redis may drop jobs
   */
  start(): Promise<void>
  /** Takes no more jobs, lets those that run end, and is gone within 8 s. */
  stop(reason: string): Promise<void>
}

const MAX_RECONNECT_PAUSE_MS = 1000

export function createWorker(
  config: WorkerConfig,
  { logger, sources = systemSources }: WorkerDependencies,
): Worker {
  const registry = new Registry()
  const metrics = createMetrics(registry, { ...workerMetrics, storeUp: apiMetrics.storeUp })
  /** What to close, in the order in which it was opened. */
  const closers: (() => void | Promise<void>)[] = []
  let watch: StoreWatch | undefined
  let service: JobService | undefined

  async function serveMetrics(): Promise<number> {
    const server = createMetricsServer({
      registry,
      host: config.host,
      port: config.port,
      health: () => watch?.isUp() === true && service?.isOnTime() === true,
    })
    closers.push(() => server.close())
    return server.start()
  }

  return {
    async start() {
      const port = await serveMetrics()
      const store = await connectStore({ url: config.redisUrl })
      closers.push(() => store.close())
      watch = watchStore({ ping: () => store.ping(), gauge: metrics.storeUp, logger })
      closers.push(watch.stop)
      const connection = connectQueues(config.redisUrl)
      closers.push(() => connection.disconnect())
      await becomesReady(connection)
      await requireNoEviction(connection)
      const jobs = createJobs({ config, store, metrics, logger, sources })
      const running = { locks: store.locks, metrics, logger, ...sources }
      const reportError = createErrorReporter(logger)
      const { now } = sources
      service = await serveJobs({ connection, jobs, running, metrics, now, reportError })
      logEvent(logger, logEvents.serviceStarted, { port })
    },
    async stop(reason) {
      await service?.stop()
      for (const close of closers.toReversed()) await close()
      logEvent(logger, logEvents.serviceStopped, { reason })
    },
  }
}

function connectQueues(url: string): Redis {
  const connection = new Redis(url, {
    // BullMQ waits for Redis as long as it takes.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_PAUSE_MS),
  })
  // The watch of the store tells that Redis is away; without a listener ioredis prints it as well.
  connection.on('error', () => undefined)
  return connection
}

function becomesReady(connection: Redis): Promise<void> {
  return new Promise((resolve) => {
    if (connection.status === 'ready') resolve()
    else connection.once('ready', () => resolve())
  })
}
