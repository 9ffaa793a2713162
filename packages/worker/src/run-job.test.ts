import { workerMetrics } from '@cirrus/catalog'
import { createLogger } from '@cirrus/logging'
import { createMetrics } from '@cirrus/metrics'
import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { JobStalledError } from './errors.ts'
import type { JobOutcome, JobRun } from './job.ts'
import { type RunJobDependencies, reportGivenUp, runJob } from './run-job.ts'

interface Bench {
  readonly dependencies: RunJobDependencies
  readonly lines: readonly Record<string, unknown>[]
  readonly held: ReadonlyMap<string, string>
  counted(): Promise<readonly string[]>
}

function createBench(held = new Map<string, string>()): Bench {
  const lines: Record<string, unknown>[] = []
  const registry = new Registry()
  let nowMs = 0
  const dependencies: RunJobDependencies = {
    locks: {
      async acquire(name, token) {
        if (held.has(name)) return false
        held.set(name, token)
        return true
      },
      renew: async (name, token) => held.get(name) === token,
      release: async (name, token) => held.get(name) === token && held.delete(name),
    },
    metrics: createMetrics(registry, workerMetrics),
    logger: createLogger({
      service: 'worker',
      env: 'development',
      level: 'info',
      destination: { write: (text) => void lines.push(JSON.parse(text)) },
    }),
    nowMs: () => (nowMs += 250),
    newId: () => 'token-1',
  }
  return {
    dependencies,
    lines,
    held,
    async counted() {
      const text = await registry.metrics()
      return text.split('\n').filter((line) => /^cirrus_jobs_total\{.* [1-9]/.test(line))
    },
  }
}

const run: JobRun = { id: 'repeat:node-health:1', attempt: 2, signal: new AbortController().signal }

const jobThat = (work: (run: JobRun) => Promise<JobOutcome>) => ({
  name: 'node-health' as const,
  job: { run: work, refresh: async () => {} },
  run,
})

describe('runJob', () => {
  it.each(['done', 'skipped', 'rate_limited'] as const)(
    'counts and logs once a run that ends %s',
    async (branch) => {
      const { dependencies, counted, lines } = createBench()
      const named = jobThat(async () => ({ branch, reason: 'because' }))
      expect(await runJob(named, dependencies)).toEqual({ branch, reason: 'because' })
      expect(await counted()).toEqual([
        `cirrus_jobs_total{job_name="node-health",branch="${branch}"} 1`,
      ])
      expect(lines).toMatchObject([
        {
          event: 'job.ended',
          level: 'info',
          job_id: 'repeat:node-health:1',
          job_name: 'node-health',
          branch,
          reason: 'because',
          attempt: 2,
          duration: 0.25,
        },
      ])
    },
  )

  it('ends locked, without a run, while another run holds the lock', async () => {
    const { dependencies, counted, lines } = createBench(new Map([['job:node-health', 'other']]))
    let hasRun = false
    const named = jobThat(async () => {
      hasRun = true
      return { branch: 'done', reason: 'checked' }
    })
    expect(await runJob(named, dependencies)).toEqual({ branch: 'locked', reason: 'another_run' })
    expect(hasRun).toBe(false)
    expect(await counted()).toEqual(['cirrus_jobs_total{job_name="node-health",branch="locked"} 1'])
    expect(lines).toMatchObject([{ event: 'job.ended', branch: 'locked' }])
  })

  it('holds the lock during the run, and only then', async () => {
    const { dependencies, held } = createBench()
    const during: string[] = []
    const named = jobThat(async () => {
      during.push(...held.values())
      throw new Error('broken')
    })
    await expect(runJob(named, dependencies)).rejects.toThrow('broken')
    expect(during).toEqual(['token-1'])
    expect(held.size).toBe(0)
  })

  it('counts, logs and passes on what a failing job throws', async () => {
    const { dependencies, counted, lines } = createBench()
    const error = new RangeError('broken')
    const named = jobThat(() => Promise.reject(error))
    await expect(runJob(named, dependencies)).rejects.toBe(error)
    expect(await counted()).toEqual(['cirrus_jobs_total{job_name="node-health",branch="failed"} 1'])
    expect(lines).toMatchObject([
      {
        event: 'job.failed',
        level: 'error',
        branch: 'failed',
        reason: 'RangeError',
        err: { message: 'broken' },
      },
    ])
  })

  it('fails when the lock cannot be asked for', async () => {
    const { dependencies, counted } = createBench()
    const locks = { ...dependencies.locks, acquire: () => Promise.reject(new Error('no store')) }
    const named = jobThat(async () => ({ branch: 'done', reason: 'checked' }))
    await expect(runJob(named, { ...dependencies, locks })).rejects.toThrow('no store')
    expect(await counted()).toEqual(['cirrus_jobs_total{job_name="node-health",branch="failed"} 1'])
  })

  it('passes the signal of the run on', async () => {
    const { dependencies } = createBench()
    const stop = new AbortController()
    const named = jobThat(async ({ signal }) => {
      stop.abort(new Error('worker stops'))
      signal.throwIfAborted()
      return { branch: 'done', reason: 'checked' }
    })
    const stopped = { ...named, run: { ...run, signal: stop.signal } }
    await expect(runJob(stopped, dependencies)).rejects.toThrow('worker stops')
  })
})

describe('reportGivenUp', () => {
  it('counts and logs a job that no worker survived', async () => {
    const { dependencies, counted, lines } = createBench()
    reportGivenUp({ name: 'node-health', run }, dependencies)
    expect(await counted()).toEqual(['cirrus_jobs_total{job_name="node-health",branch="failed"} 1'])
    expect(lines).toMatchObject([
      { event: 'job.failed', reason: 'CIRRUS_WORKER_JOB_STALLED', attempt: 2, duration: 0 },
    ])
    expect(new JobStalledError('j').message).toContain('job j')
  })
})
