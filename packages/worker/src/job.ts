import type { JobBranch } from '@cirrus/catalog'

/** One run of a job. */
export interface JobRun {
  readonly id: string
  /** Which try this is, from 1. */
  readonly attempt: number
  /** Aborted when the run should end early: the worker stops, or another run may start. */
  readonly signal: AbortSignal
}

/** How a processor ended. It throws to end `failed`; `locked` is decided before it starts. */
export interface JobOutcome {
  readonly branch: Exclude<JobBranch, 'locked' | 'failed'>
  /** A word or two, for logs and for those who search them. */
  readonly reason: string
}

/** What a worker does for one kind of job. */
export interface Job {
  /** Does the work; one run at a time over all workers. */
  run(run: JobRun): Promise<JobOutcome>
  /**
   * Brings this worker's gauges in line with the store. Every worker does it regularly, whichever
   * ran the job, so that their metrics agree.
   */
  refresh(): Promise<void>
}

/** A job and the pause between two of its runs. */
export interface ScheduledJob {
  readonly job: Job
  readonly intervalMs: number
}
