import { type LogEvent, type LogEventFields, logEvents, shipperMetrics } from '@cirrus/catalog'
import { type Logger, logEvent } from '@cirrus/logging'
import { type Instruments, createMetrics } from '@cirrus/metrics'
import type { Registry } from 'prom-client'
import type { PushAnswer } from './deliver/loki.ts'
import type { Fold } from './streams/fold-labels.ts'
import type { Tally } from './tally.ts'

export interface TelemetryOptions {
  readonly registry: Registry
  readonly logger: Logger
  readonly clock: () => number
}

const LOG_INTERVAL_MS = 30_000
const MAX_VALUE_LENGTH = 100

/** What the shipper tells of itself. Lines about one trouble are at least 30 s apart. */
export class Telemetry {
  readonly metrics: Instruments<typeof shipperMetrics>
  readonly #logger: Logger
  readonly #clock: () => number
  readonly #loggedAtMs = new Map<string, number>()

  constructor({ registry, logger, clock }: TelemetryOptions) {
    this.metrics = createMetrics(registry, shipperMetrics)
    this.#logger = logger
    this.#clock = clock
  }

  pushed({ result }: PushAnswer, seconds: number): void {
    this.metrics.pushes.inc({ result })
    this.metrics.pushDuration.observe(seconds)
  }

  delivered(lines: number, duration: number): void {
    logEvent(this.#logger, logEvents.shipperDelivered, { lines, duration })
  }

  notTaken({ status, text }: PushAnswer, attempt: number): void {
    const reason = status === undefined ? text : `${status} ${text}`
    this.#logSparingly(logEvents.shipperUnavailable, { reason: shorten(reason), attempt })
  }

  refused({ status, text }: PushAnswer, lines: number): void {
    this.#logSparingly(logEvents.shipperRejected, { reason: shorten(text), lines, status })
  }

  folded({ label, value }: Fold): void {
    this.metrics.labelsFolded.inc({ label })
    this.#logSparingly(logEvents.shipperLabelFolded, { label, value: shorten(value) }, label)
  }

  inputFailed(err: unknown): void {
    this.#logSparingly(logEvents.shipperInputFailed, { err })
  }

  spoolFull(bytes: number): void {
    this.#logSparingly(logEvents.shipperSpoolFull, { bytes })
  }

  spoolDamaged(damage: { readonly bytes?: number; readonly lines?: number }): void {
    this.#logSparingly(logEvents.shipperCorrupt, damage)
  }

  ended(tally: Tally): void {
    for (const { outcome, reason, lines } of tally.counts) {
      this.metrics.lines.inc({ outcome, reason }, lines)
    }
  }

  #logSparingly<E extends LogEvent>(event: E, fields: LogEventFields<E>, topic = ''): void {
    const key = `${event.name} ${topic}`
    const nowMs = this.#clock()
    if (nowMs - (this.#loggedAtMs.get(key) ?? Number.NEGATIVE_INFINITY) < LOG_INTERVAL_MS) return
    this.#loggedAtMs.set(key, nowMs)
    logEvent(this.#logger, event, fields)
  }
}

function shorten(text: string): string {
  return text.slice(0, MAX_VALUE_LENGTH)
}
