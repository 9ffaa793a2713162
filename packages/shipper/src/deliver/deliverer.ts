import { Tally } from '../tally.ts'
import type { Telemetry } from '../telemetry.ts'
import { type Wakeable, createWakeable } from '../wakeable.ts'
import type { Sender } from './sender.ts'
import type { Parcel, Window } from './window.ts'

export interface DelivererOptions {
  readonly window: Window
  readonly sender: Sender
  readonly telemetry: Telemetry
  readonly signal: AbortSignal
}

const MAX_PUSHES = 4
const IDLE_MS = 1000

/** Moves lines from the spool to the log store, several streams at a time, each in order. */
export class Deliverer {
  readonly #options: DelivererOptions
  readonly #wakeable: Wakeable = createWakeable()
  /** Streams with a push under way. */
  readonly #active = new Map<string, Promise<void>>()
  #failure: unknown

  constructor(options: DelivererOptions) {
    this.#options = options
  }

  /** There may be new records. */
  wake(): void {
    this.#wakeable.wake()
  }

  /**
   * Delivers until the signal is aborted.
   *
   * @throws {SpoolFailedError} when the spool or the dead-letter file cannot be written
   */
  async run(): Promise<void> {
    const { signal } = this.#options
    signal.addEventListener('abort', () => this.wake(), { once: true })
    while (!signal.aborted && this.#failure === undefined) {
      await this.#fill()
      this.#startPushes()
      await this.#wakeable.pause(IDLE_MS)
    }
    await Promise.all(this.#active.values())
    if (this.#failure !== undefined) throw this.#failure
  }

  async #fill(): Promise<void> {
    const { window, telemetry } = this.#options
    const lines = await window.fill()
    if (lines === 0) return
    const corrupt = new Tally()
    corrupt.add({ outcome: 'dead', reason: 'corrupt' }, lines)
    telemetry.ended(corrupt)
    telemetry.spoolDamaged({ lines })
  }

  #startPushes(): void {
    const { window } = this.#options
    for (const stream of window.streams) {
      if (this.#active.size >= MAX_PUSHES) return
      if (!this.#active.has(stream)) this.#active.set(stream, this.#deliver(window.take(stream)))
    }
  }

  async #deliver(parcel: Parcel): Promise<void> {
    const { window, sender, telemetry, signal } = this.#options
    const startMs = performance.now()
    try {
      const dead = await sender.send(parcel)
      const endings = await window.settle(parcel, dead)
      telemetry.ended(endings)
      telemetry.delivered(endings.total - dead.total, (performance.now() - startMs) / 1000)
    } catch (error) {
      if (!signal.aborted) this.#failure = error
    } finally {
      this.#active.delete(parcel.stream)
      this.wake()
    }
  }
}
