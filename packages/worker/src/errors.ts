import { CirrusError } from '@cirrus/errors'

/** Redis may evict keys under memory pressure, so jobs and documents could vanish. */
export class RedisEvictsError extends CirrusError {
  readonly code = 'CIRRUS_WORKER_REDIS_EVICTS'
  readonly policy: string

  constructor(policy: string) {
    super(
      `Cannot work on a Redis that evicts keys: its maxmemory-policy is ${policy}; ` +
        `set "maxmemory-policy noeviction" in redis.conf, or run "CONFIG SET maxmemory-policy noeviction"`,
    )
    this.policy = policy
  }
}

/** A run could not prove any more that it is the only one. */
export class LockLostError extends CirrusError {
  readonly code = 'CIRRUS_WORKER_LOCK_LOST'
  readonly lock: string

  constructor(lock: string, options?: ErrorOptions) {
    super(`Lost the lock ${lock} during the run; the next run starts over`, options)
    this.lock = lock
  }
}

/** A job was given up because each worker that ran it ended abruptly. */
export class JobStalledError extends CirrusError {
  readonly code = 'CIRRUS_WORKER_JOB_STALLED'
  readonly jobId: string

  constructor(jobId: string, options?: ErrorOptions) {
    super(`Gave up job ${jobId}: the workers that ran it ended abruptly too often`, options)
    this.jobId = jobId
  }
}
