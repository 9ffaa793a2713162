import {
  type JobName,
  type QueueName,
  SCRAPE_INTERVAL_SECONDS,
  jobs as catalogJobs,
  jobNames,
  queueNames,
  type workerMetrics,
} from '@cirrus/catalog'
import type { Instruments } from '@cirrus/metrics'
import type { Redis } from 'ioredis'
import { endsWithin } from './ends-within.ts'
import type { ScheduledJob } from './job.ts'
import { type JobQueue, createJobQueue } from './job-queue.ts'
import { type Repetition, repeat } from './repeat.ts'
import type { ReportError } from './report-error.ts'
import { type RunJobDependencies, reportGivenUp, runJob } from './run-job.ts'

interface ServeJobsOptions {
  /** Never gives up on Redis; its owner closes it. */
  readonly connection: Redis
  readonly jobs: Readonly<Record<JobName, ScheduledJob>>
  readonly running: RunJobDependencies
  readonly metrics: Pick<Instruments<typeof workerMetrics>, 'jobsWaiting'>
  readonly now: () => Date
  readonly reportError: ReportError
}

/** Every queue at work, and the gauges that follow them. */
export interface JobService {
  /** Whether jobs start as they should, on this worker or another. */
  isOnTime(): boolean
  stop(): Promise<void>
}

/** How long running jobs may go on after a stop, and how long they have when then asked to end. */
const FINISH_MS = 6000
const CANCEL_MS = 1000

export async function serveJobs(options: ServeJobsOptions): Promise<JobService> {
  const { connection, reportError } = options
  const queues = queueNames.map((name) => openQueue(name, options))
  const schedule = async (): Promise<void> => {
    for (const queue of queues) await queue.schedule()
  }
  await schedule()
  // Redis may come back without its data.
  const reschedule = (): void => void schedule().catch((error) => reportError('schedule', error))
  connection.on('ready', reschedule)
  for (const queue of queues) queue.start()

  const lateQueues = new Set<QueueName>()
  const followers = [...followQueues(queues, lateQueues, options), ...followGauges(options)]
  return {
    isOnTime: () => lateQueues.size === 0,
    async stop() {
      connection.off('ready', reschedule)
      // Not waited for: where Redis is away, the last rounds end with the connection.
      for (const follower of followers) void follower.stop()
      if (connection.status === 'ready') await closeQueues(queues)
      else await Promise.all(queues.map((queue) => queue.abandon()))
    },
  }
}

function openQueue(
  name: QueueName,
  { connection, jobs, running, reportError }: ServeJobsOptions,
): JobQueue {
  const own = jobNames.filter((job) => catalogJobs[job].queue === name)
  return createJobQueue({
    name,
    connection,
    intervalsMs: new Map(own.map((job) => [job, jobs[job].intervalMs])),
    run: (job, run) => runJob({ name: job, job: jobs[job].job, run }, running),
    onGivenUp: (job, run) => reportGivenUp({ name: job, run }, running),
    onError: (error) => reportError(`queue ${name}`, error),
  })
}

function followQueues(
  queues: readonly JobQueue[],
  lateQueues: Set<QueueName>,
  { metrics, now, reportError }: ServeJobsOptions,
): readonly Repetition[] {
  const look = async (queue: JobQueue): Promise<void> => {
    metrics.jobsWaiting.set({ queue: queue.name }, await queue.countWaiting())
    if (await queue.isLate(now())) lateQueues.add(queue.name)
    else lateQueues.delete(queue.name)
  }
  return queues.map((queue) =>
    repeat({
      pauseMs: SCRAPE_INTERVAL_SECONDS * 1000,
      task: () => look(queue),
      onError: (error) => reportError(`look at queue ${queue.name}`, error),
    }),
  )
}

function followGauges({ jobs, reportError }: ServeJobsOptions): readonly Repetition[] {
  return jobNames.map((name) =>
    repeat({
      pauseMs: jobs[name].intervalMs,
      task: () => jobs[name].job.refresh(),
      onError: (error) => reportError(`gauges of ${name}`, error),
    }),
  )
}

async function closeQueues(queues: readonly JobQueue[]): Promise<void> {
  const closed = Promise.all(queues.map((queue) => queue.close()))
  if (await endsWithin(FINISH_MS, closed)) return
  for (const queue of queues) queue.cancel()
  await endsWithin(CANCEL_MS, closed)
}
