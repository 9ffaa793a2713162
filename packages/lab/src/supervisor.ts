import { setTimeout as delay } from 'node:timers/promises'
import { describeError } from '@cirrus/errors'
import type { ComponentName, Running } from './component.ts'

/** `held` is a fault on purpose; `failed` means that it crashed too often and is left alone. */
export type ComponentState =
  | 'waiting'
  | 'preparing'
  | 'starting'
  | 'up'
  | 'crashed'
  | 'held'
  | 'failed'
  | 'absent'
  | 'stopped'

export interface ComponentStatus {
  readonly name: ComponentName
  readonly state: ComponentState
  /** Why it is in this state, or how far it is. */
  readonly detail: string
  /** When the state began, milliseconds since 1970. */
  readonly sinceMs: number
  readonly pid: number | undefined
  readonly restarts: number
}

export interface Supervised {
  readonly name: ComponentName
  readonly start: () => Promise<Running>
  readonly onChange: (status: ComponentStatus) => void
  readonly nowMs: () => number
  /** Pause before the first new start; each further one is twice as long. */
  readonly firstPauseMs?: number
}

/** Looks after one component: starts it again when it ends by itself, keeps it down when told. */
export interface Supervisor {
  readonly status: () => ComponentStatus
  /** The process, while there is one. */
  readonly running: () => Running | undefined
  /** Says that it is not started yet, and why. */
  note(state: 'waiting' | 'preparing' | 'absent', detail: string): void
  /** Resolves when it is up; a first start that fails is an error, later ones are tried again. */
  start(): Promise<void>
  restart(): Promise<void>
  /** Stops it and keeps it down until `release`. */
  hold(): Promise<void>
  release(): Promise<void>
  /** `kill -9`; it is then started again like after any crash. */
  kill(): Promise<void>
  /** Stops it for good. */
  stop(): Promise<void>
}

const MAX_CRASHES = 8
const STABLE_AFTER_MS = 60_000
const FIRST_PAUSE_MS = 250
const MAX_PAUSE_MS = 10_000
const MAX_LAUNCH_WAIT_MS = 3000

export function createSupervisor(supervised: Supervised): Supervisor {
  return new ProcessSupervisor(supervised)
}

class ProcessSupervisor implements Supervisor {
  readonly #supervised: Supervised
  readonly #stopping = new AbortController()
  #running: Running | undefined
  #launching: Promise<unknown> = Promise.resolve()
  #isHeld = false
  #crashes = 0
  #status: ComponentStatus

  constructor(supervised: Supervised) {
    const { name, nowMs } = supervised
    const sinceMs = nowMs()
    this.#supervised = supervised
    this.#status = { name, state: 'waiting', detail: '', sinceMs, pid: undefined, restarts: 0 }
  }

  readonly status = (): ComponentStatus => this.#status
  readonly running = (): Running | undefined => this.#running

  note(state: 'waiting' | 'preparing' | 'absent', detail: string): void {
    this.#change(state, detail)
  }

  async start(): Promise<void> {
    this.#change('starting')
    const starting = this.#supervised.start()
    this.#launching = starting
    const started = await starting
    this.#running = started
    if (!this.#isWanted) return this.#end(this.#isHeld ? 'held' : 'stopped')
    this.#change('up')
    void this.#watch(started)
  }

  async restart(): Promise<void> {
    if (!this.#running) return
    await this.#end('starting')
    await this.#startOrComeBack()
  }

  async hold(): Promise<void> {
    this.#isHeld = true
    await this.#end('held')
  }

  async release(): Promise<void> {
    if (!this.#isHeld) return
    this.#isHeld = false
    this.#crashes = 0
    await this.#startOrComeBack()
  }

  async kill(): Promise<void> {
    await this.#running?.kill()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    // One that is still starting is not known yet; what takes too long ends with this process.
    const patience = delay(MAX_LAUNCH_WAIT_MS, undefined, { ref: false })
    await Promise.race([this.#launching.catch(() => undefined), patience])
    await this.#end('stopped')
  }

  get #isWanted(): boolean {
    return !this.#isHeld && !this.#stopping.signal.aborted
  }

  #change(state: ComponentState, detail = ''): void {
    const sinceMs = state === this.#status.state ? this.#status.sinceMs : this.#supervised.nowMs()
    this.#status = { ...this.#status, state, detail, sinceMs, pid: this.#running?.pid }
    this.#supervised.onChange(this.#status)
  }

  async #watch(watched: Running): Promise<void> {
    const { code, signal } = await watched.exited
    if (this.#running !== watched) return
    const wasStable = this.#supervised.nowMs() - this.#status.sinceMs > STABLE_AFTER_MS
    this.#running = undefined
    if (!this.#isWanted) return
    if (wasStable) this.#crashes = 0
    this.#change('crashed', `ended with ${signal ?? `code ${code ?? 'unknown'}`}`)
    await this.#comeBack()
  }

  async #startOrComeBack(): Promise<void> {
    try {
      await this.start()
    } catch (error) {
      this.#change('crashed', describeError(error))
      void this.#comeBack()
    }
  }

  async #comeBack(): Promise<void> {
    const { signal } = this.#stopping
    while (this.#isWanted) {
      this.#crashes += 1
      if (this.#crashes > MAX_CRASHES) return this.#change('failed', `crashed ${MAX_CRASHES} times`)
      const { firstPauseMs = FIRST_PAUSE_MS } = this.#supervised
      const pauseMs = Math.min(firstPauseMs * 2 ** (this.#crashes - 1), MAX_PAUSE_MS)
      await delay(pauseMs, undefined, { signal }).catch(() => undefined)
      if (!this.#isWanted) return
      this.#status = { ...this.#status, restarts: this.#status.restarts + 1 }
      try {
        return await this.start()
      } catch (error) {
        this.#change('crashed', describeError(error))
      }
    }
  }

  async #end(state: ComponentState): Promise<void> {
    const ended = this.#running
    this.#running = undefined
    await ended?.stop()
    this.#change(state)
  }
}
