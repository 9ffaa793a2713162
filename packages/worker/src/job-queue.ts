import { type JobName, type QueueName, jobNames } from '@cirrus/catalog'
import { type Job as BullJob, Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { JobRun } from './job.ts'

/** Braces keep all keys of a queue in one slot of a Redis cluster. */
const KEY_PREFIX = '{cirrus}'

const DAY_SECONDS = 86_400

/** How jobs are taken, taken over from a worker that was killed, and kept once they ended. */
const workerOptions = {
  prefix: KEY_PREFIX,
  autorun: false,
  concurrency: 4,
  // A job of a killed worker runs again within the two of them; the defaults take a minute.
  lockDuration: 10_000,
  stalledInterval: 5000,
  maxStalledCount: 3,
  removeOnComplete: { count: 1000, age: DAY_SECONDS },
  removeOnFail: { count: 1000, age: 7 * DAY_SECONDS },
} as const

/** A job is late when it has not started this long, and several intervals, after it was due. */
const MAX_LATENESS_MS = 10_000
const MAX_LATE_INTERVALS = 3

export interface JobQueueOptions {
  readonly name: QueueName
  /** Its owner closes it, after the queue. */
  readonly connection: Redis
  /** The pause between two runs of each job of this queue. */
  readonly intervalsMs: ReadonlyMap<JobName, number>
  /** Runs a job; what it returns is kept with the job. */
  readonly run: (name: JobName, run: JobRun) => Promise<unknown>
  /** Told of a job that is not run again, because its workers died too often. */
  readonly onGivenUp: (name: JobName, run: JobRun) => void
  readonly onError: (error: Error) => void
}

/** One BullMQ queue and the worker that serves it. */
export interface JobQueue {
  readonly name: QueueName
  /** Makes every job of the queue due at its interval; safe to repeat. */
  schedule(): Promise<void>
  /** Takes jobs from now on. */
  start(): void
  /** Jobs that are due and not yet started. */
  countWaiting(): Promise<number>
  /** Whether some job should have started long ago: nobody takes jobs. */
  isLate(now: Date): Promise<boolean>
  /** Takes no more jobs and waits for those that run. */
  close(): Promise<void>
  /** Aborts the signals of those that run. */
  cancel(): void
  /** Waits for nothing: without Redis, nobody can be told how a job ended. */
  abandon(): Promise<void>
}

export function createJobQueue(options: JobQueueOptions): JobQueue {
  const { name, connection, intervalsMs, onError } = options
  const queue = new Queue(name, { connection, prefix: KEY_PREFIX })
  const worker = createBullWorker(options)
  queue.on('error', onError)
  return {
    name,
    async schedule() {
      for (const [job, every] of intervalsMs) await queue.upsertJobScheduler(job, { every })
    },
    start: () => void worker.run().catch(onError),
    async countWaiting() {
      const counts = await queue.getJobCounts('wait', 'prioritized')
      return Object.values(counts).reduce((sum, count) => sum + count, 0)
    },
    async isLate(now) {
      const schedulers = await queue.getJobSchedulers()
      return schedulers.some(({ next = Infinity, every = 0 }) => {
        const lateMs = now.getTime() - next
        return lateMs > MAX_LATENESS_MS && lateMs > MAX_LATE_INTERVALS * every
      })
    },
    async close() {
      await worker.close()
      await queue.close()
    },
    cancel: () => worker.cancelAllJobs(),
    async abandon() {
      worker.cancelAllJobs()
      await worker.close(true)
      await queue.close()
    },
  }
}

function createBullWorker({ name, connection, run, onGivenUp, onError }: JobQueueOptions): Worker {
  const worker = new Worker(
    name,
    // BullMQ gives a signal only to a function that declares three parameters.
    (job, _token, signal) => run(jobNameOf(job), toRun(job, signal)),
    { ...workerOptions, connection },
  )
  worker.on('error', onError)
  worker.on('failed', (job) => {
    if (job?.deferredFailure !== undefined) onGivenUp(jobNameOf(job), toRun(job))
  })
  return worker
}

function toRun(job: BullJob, signal = new AbortController().signal): JobRun {
  return { id: job.id ?? '', attempt: job.attemptsStarted, signal }
}

function jobNameOf({ name }: BullJob): JobName {
  const known = jobNames.find((one) => one === name)
  if (known === undefined) throw new TypeError(`Unknown job ${JSON.stringify(name)}`)
  return known
}
