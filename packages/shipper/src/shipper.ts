import type { Environment, LogSource } from '@cirrus/catalog'
import type { Logger } from '@cirrus/logging'
import { type Spool, openSpool } from '@cirrus/spool'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Registry } from 'prom-client'
import { createDeadLetters } from './deliver/dead-letters.ts'
import { Deliverer } from './deliver/deliverer.ts'
import { type LokiOptions, createLoki } from './deliver/loki.ts'
import { Sender } from './deliver/sender.ts'
import { Window } from './deliver/window.ts'
import { FileInput } from './inputs/file-input.ts'
import { type FileSource, dockerFiles, filesByPattern } from './inputs/file-source.ts'
import type { Input } from './inputs/input.ts'
import { StreamInput } from './inputs/stream-input.ts'
import { Intake } from './intake.ts'
import { nsToMs } from './parse/log-time.ts'
import { Telemetry } from './telemetry.ts'
import { type Wakeable, createWakeable } from './wakeable.ts'

/** Files whose lines were written by one service. */
export interface FilePattern {
  readonly service: LogSource
  /** A path whose last part may hold `*` and `?`. */
  readonly path: string
}

export interface ShipperOptions {
  readonly files?: readonly FilePattern[]
  /** A pipe that one service writes to. */
  readonly pipe?: { readonly service: LogSource; readonly stream: Readable }
  /** Where Docker's json-file driver writes: `<directory>/<id>/<id>-json.log`. */
  readonly dockerDirectory?: string
  readonly loki: LokiOptions
  readonly spoolDirectory: string
  readonly spoolMaxBytes?: number
  /** Environment of lines that do not tell theirs and are not JSON. */
  readonly env: Environment
  readonly logger: Logger
  readonly registry: Registry
  /** Milliseconds since the epoch. */
  readonly clock: () => number
  /** A number from 0 up to 1: spreads retries. */
  readonly random: () => number
  /** How often inputs are looked at when they had nothing; default 200 ms. */
  readonly pollMs?: number
  /** How long a renamed file is read on; default 10 s. */
  readonly rotatedMs?: number
  /** The longest pause between two tries to deliver; default 5 s. */
  readonly retryMaxMs?: number
  /** How long lines are still delivered when it stops; the rest stays on disk. Default 5 s. */
  readonly drainMs?: number
}

/** Where every line is. At all times `read = delivered + dropped + dead + waiting`. */
export interface ShipperStatus {
  readonly read: number
  readonly delivered: number
  /** By reason. */
  readonly dropped: Readonly<Record<string, number>>
  readonly dead: Readonly<Record<string, number>>
  readonly waiting: number
  /** Always 0: read − delivered − dropped − dead − waiting. */
  readonly unaccounted: number
  readonly spoolBytes: number
  readonly lagSeconds: number
}

/** Takes lines from inputs, keeps them on disk and delivers them to Loki. */
export interface Shipper {
  /**
   * Works until it is stopped, or until there will be no more lines because its only input was a
   * pipe that has ended. Then it takes what the inputs still have and delivers what it can.
   *
   * @throws {SpoolFailedError} when the disk failed
   */
  run(): Promise<void>
  /** Ends `run` and waits for it. */
  stop(): Promise<void>
  status(): ShipperStatus
}

const POLL_MS = 200
const ROTATED_MS = 10_000
const RETRY_FIRST_MS = 100
const RETRY_MAX_MS = 5000
const DRAIN_MS = 5000
const DRAIN_POLL_MS = 20

/**
 * Opens the spool of a shipper.
 *
 * @throws {SpoolLockedError} when another process uses it
 */
export async function createShipper(options: ShipperOptions): Promise<Shipper> {
  const spool = await openSpool({
    directory: options.spoolDirectory,
    ...(options.spoolMaxBytes === undefined ? {} : { maxBytes: options.spoolMaxBytes }),
  })
  return new SpoolingShipper(options, spool)
}

class SpoolingShipper implements Shipper {
  readonly #options: ShipperOptions
  readonly #spool: Spool
  readonly #telemetry: Telemetry
  readonly #inputs: readonly Input[]
  readonly #intake: Intake
  readonly #window: Window
  readonly #deliverer: Deliverer
  readonly #wakeable: Wakeable = createWakeable()
  readonly #stopTaking = new AbortController()
  readonly #stopDelivering = new AbortController()
  #running: Promise<void> | undefined

  constructor(options: ShipperOptions, spool: Spool) {
    const telemetry = new Telemetry(options)
    if (spool.damagedBytes > 0) telemetry.spoolDamaged({ bytes: spool.damagedBytes })
    this.#options = options
    this.#spool = spool
    this.#telemetry = telemetry
    this.#inputs = this.#createInputs()
    this.#intake = new Intake({ ...options, inputs: this.#inputs, spool, telemetry })
    this.#window = new Window(spool)
    this.#deliverer = this.#createDeliverer()
  }

  async run(): Promise<void> {
    this.#running ??= this.#work()
    await this.#running
  }

  async stop(): Promise<void> {
    this.#stopTaking.abort()
    this.#wakeable.wake()
    await this.#running
  }

  status(): ShipperStatus {
    const { read, dropped } = this.#intake
    const { settled, waiting, oldestNs } = this.#window
    const nowMs = this.#options.clock()
    const lagMs = oldestNs === undefined ? 0 : Math.max(0, nowMs - nsToMs(oldestNs))
    return {
      read,
      delivered: settled.reasons('delivered')['accepted'] ?? 0,
      dropped: dropped.reasons('dropped'),
      dead: settled.reasons('dead'),
      waiting,
      unaccounted: read - dropped.total - settled.total - waiting,
      spoolBytes: this.#spool.bytes,
      lagSeconds: lagMs / 1000,
    }
  }

  async #work(): Promise<void> {
    const delivering = this.#deliverer.run()
    const taking = this.#takeLines()
    try {
      // Delivering ends by itself only when it fails.
      await Promise.race([taking, delivering])
      await Promise.race([this.#drain(), delivering])
    } finally {
      this.#stopTaking.abort()
      this.#stopDelivering.abort()
      this.#wakeable.wake()
      await Promise.allSettled([taking, delivering])
      for (const input of this.#inputs) await input.close()
      this.#publish()
      await this.#spool.close()
    }
  }

  async #takeLines(): Promise<void> {
    const { pollMs = POLL_MS } = this.#options
    while (!this.#stopTaking.signal.aborted && !this.#intake.hasEnded) {
      const state = await this.#step()
      if (state !== 'more') await this.#wakeable.pause(pollMs)
    }
  }

  async #drain(): Promise<void> {
    const deadlineMs = performance.now() + (this.#options.drainMs ?? DRAIN_MS)
    while (performance.now() < deadlineMs && (await this.#step()) === 'more');
    while (performance.now() < deadlineMs && this.#window.waiting > 0) await delay(DRAIN_POLL_MS)
  }

  async #step(): ReturnType<Intake['step']> {
    const state = await this.#intake.step()
    this.#deliverer.wake()
    this.#publish()
    return state
  }

  #publish(): void {
    const { metrics } = this.#telemetry
    const { waiting, spoolBytes, lagSeconds } = this.status()
    metrics.linesWaiting.set(waiting)
    metrics.spoolBytes.set(spoolBytes)
    metrics.deliveryLag.set(lagSeconds)
  }

  #createInputs(): readonly Input[] {
    const { files = [], dockerDirectory, pipe } = this.#options
    const sources = files.map(({ service, path }) => filesByPattern(service, path))
    if (dockerDirectory !== undefined) sources.push(dockerFiles(dockerDirectory))
    const inputs: Input[] = []
    if (sources.length > 0) inputs.push(this.#createFileInput(sources))
    if (pipe !== undefined) {
      inputs.push(new StreamInput({ ...pipe, onReadable: () => this.#wakeable.wake() }))
    }
    return inputs
  }

  #createFileInput(sources: readonly FileSource[]): FileInput {
    const { clock, pollMs = POLL_MS, rotatedMs = ROTATED_MS } = this.#options
    return new FileInput({
      sources,
      notes: this.#spool.notes,
      clock,
      pollMs,
      rotatedMs,
      onError: (error) => this.#telemetry.inputFailed(error),
    })
  }

  #createDeliverer(): Deliverer {
    const { loki, spoolDirectory, clock, random, retryMaxMs = RETRY_MAX_MS } = this.#options
    const { signal } = this.#stopDelivering
    const telemetry = this.#telemetry
    const sender = new Sender({
      store: createLoki(loki),
      deadLetters: createDeadLetters(spoolDirectory, clock),
      backoff: { firstMs: RETRY_FIRST_MS, maxMs: retryMaxMs, random },
      telemetry,
      signal,
    })
    return new Deliverer({ window: this.#window, sender, telemetry, signal })
  }
}
