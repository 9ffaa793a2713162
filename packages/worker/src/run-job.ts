import {
  type JobBranch,
  type JobName,
  type LogLevel,
  logEvents,
  type workerMetrics,
} from '@cirrus/catalog'
import { CirrusError } from '@cirrus/errors'
import { type Logger, logEvent } from '@cirrus/logging'
import type { Instruments } from '@cirrus/metrics'
import type { Locks } from '@cirrus/store'
import { JobStalledError } from './errors.ts'
import type { Job, JobRun } from './job.ts'
import { underLock } from './under-lock.ts'

/** How a run ended: what is counted, logged and kept with the job. */
export interface JobEnding {
  readonly branch: JobBranch
  readonly reason: string
}

/** A job and one run of it. */
export interface NamedRun {
  readonly name: JobName
  readonly job: Job
  readonly run: JobRun
}

export interface RunJobDependencies {
  readonly locks: Locks
  readonly metrics: Pick<Instruments<typeof workerMetrics>, 'jobs' | 'jobDuration'>
  readonly logger: Pick<Logger, LogLevel>
  /** Milliseconds of a monotonic clock. */
  readonly nowMs: () => number
  /** A new unique text. */
  readonly newId: () => string
}

/** After a crash the lock is free again this soon: before BullMQ lets another worker take over. */
const LOCK_TTL_MS = 5000

/**
 * Runs a job under its lock. Every run ends in exactly one branch, which is counted and logged.
 *
 * @throws what the job threw, once it is counted and logged
 */
export async function runJob(
  named: NamedRun,
  dependencies: RunJobDependencies,
): Promise<JobEnding> {
  const startedMs = dependencies.nowMs()
  const ending = await runUnderLock(named, dependencies).catch(toFailure)
  report(
    named,
    { ...ending, durationSeconds: (dependencies.nowMs() - startedMs) / 1000 },
    dependencies,
  )
  if ('error' in ending) throw ending.error
  return ending
}

interface Failure extends JobEnding {
  readonly branch: 'failed'
  readonly error: unknown
}

type Ending = JobEnding | Failure

function toFailure(error: unknown): Failure {
  return { branch: 'failed', reason: reasonOf(error), error }
}

/** Counts and logs a job that is not run again, because its workers died too often. */
export function reportGivenUp(
  { name, run }: Pick<NamedRun, 'name' | 'run'>,
  dependencies: Pick<RunJobDependencies, 'metrics' | 'logger'>,
): void {
  const failure = toFailure(new JobStalledError(run.id))
  report({ name, run }, { ...failure, durationSeconds: 0 }, dependencies)
}

async function runUnderLock(
  { name, job, run }: NamedRun,
  { locks, newId }: RunJobDependencies,
): Promise<Ending> {
  const lock = { name: `job:${name}`, token: newId(), ttlMs: LOCK_TTL_MS }
  const outcome = await underLock(locks, lock, (lost) =>
    job.run({ ...run, signal: AbortSignal.any([run.signal, lost]) }),
  )
  return outcome ?? { branch: 'locked', reason: 'another_run' }
}

function report(
  { name, run }: Pick<NamedRun, 'name' | 'run'>,
  ending: Ending & { readonly durationSeconds: number },
  { metrics, logger }: Pick<RunJobDependencies, 'metrics' | 'logger'>,
): void {
  const { branch, reason, durationSeconds } = ending
  metrics.jobs.inc({ job_name: name, branch })
  metrics.jobDuration.observe({ job_name: name }, durationSeconds)
  const fields = {
    job_id: run.id,
    job_name: name,
    branch,
    reason,
    attempt: run.attempt,
    duration: durationSeconds,
  }
  if ('error' in ending) logEvent(logger, logEvents.jobFailed, { ...fields, err: ending.error })
  else logEvent(logger, logEvents.jobEnded, fields)
}

function reasonOf(error: unknown): string {
  if (error instanceof CirrusError) return error.code
  return error instanceof Error ? error.name : 'unknown'
}
