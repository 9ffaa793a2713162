import { setTimeout as delay } from 'node:timers/promises'
import { Tally } from '../tally.ts'
import type { Telemetry } from '../telemetry.ts'
import { type BackoffOptions, backoffMs } from './backoff.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { LogStore, PushAnswer } from './loki.ts'
import { type Entry, judge, parseEntries, reasonOf } from './rejection.ts'

/** Lines of one stream. */
interface Shipment {
  readonly stream: string
  /** Encoded, in the order of their stamps. */
  readonly entries: string
  /** Whether some of them may have been sent before. */
  readonly isRepeat: boolean
}

interface Refusal {
  readonly answer: PushAnswer
  readonly entries: readonly Entry[]
}

export interface SenderOptions {
  readonly store: LogStore
  readonly deadLetters: DeadLetters
  readonly backoff: BackoffOptions
  readonly telemetry: Telemetry
  readonly signal: AbortSignal
}

/** Sends lines until each is stored or set aside. */
export class Sender {
  readonly #options: SenderOptions

  constructor(options: SenderOptions) {
    this.#options = options
  }

  /**
   * Counts the lines that were set aside; the others are stored.
   *
   * @throws {Error} when the signal is aborted first
   */
  async send({ stream, entries, isRepeat }: Shipment): Promise<Tally> {
    const { deadLetters, telemetry } = this.#options
    const dead = new Tally()
    // Still to be sent, last first.
    const shipments: Shipment[] = [{ stream, entries, isRepeat }]
    for (let next = shipments.pop(); next !== undefined; next = shipments.pop()) {
      const refusal = await this.#pushUntilAnswered(next)
      if (refusal === undefined) continue
      const { answer } = refusal
      const { refused, retry } = judge(refusal.entries, answer.text)
      const reason = reasonOf(answer.text)
      if (refused.length > 0) {
        await deadLetters.write({ stream, entries: refused, reason, answer: answer.text })
        telemetry.refused(answer, refused.length)
      }
      dead.add({ outcome: 'dead', reason }, refused.length)
      shipments.push(...retry.map((part) => ({ stream, entries: encode(part), isRepeat: true })))
    }
    return dead
  }

  /** Lines wait on disk as long as it takes. */
  async #pushUntilAnswered(shipment: Shipment): Promise<Refusal | undefined> {
    const { telemetry, backoff, signal } = this.#options
    let { stream, entries, isRepeat } = shipment
    for (let attempt = 1; ; attempt += 1) {
      if (isRepeat) entries = await this.#leaveOutStored(stream, entries)
      if (entries === '') return undefined
      const answer = await this.#push(stream, entries)
      if (answer.result === 'accepted') return undefined
      if (answer.result === 'rejected') return { answer, entries: parseEntries(entries) }
      if (!signal.aborted) telemetry.notTaken(answer, attempt)
      await delay(backoffMs(attempt, backoff), undefined, { signal })
      // Whatever the answer was, some lines may have been stored.
      isRepeat = true
    }
  }

  /**
   * Loki recognises a line that comes again only within its newest 256 KiB of the stream: whatever
   * may have been sent before is looked up. Stamps are unique within a stream.
   */
  async #leaveOutStored(stream: string, text: string): Promise<string> {
    const { store, signal } = this.#options
    const entries = parseEntries(text)
    const [firstNs = '0'] = entries[0] ?? []
    const [lastNs = '0'] = entries.at(-1) ?? []
    const range = { firstNs, lastNs, count: entries.length }
    const stored = await store.storedStamps(stream, range, signal)
    return stored.size === 0 ? text : encode(entries.filter(([ns]) => !stored.has(ns)))
  }

  async #push(stream: string, entries: string): Promise<PushAnswer> {
    const { store, telemetry, signal } = this.#options
    const startMs = performance.now()
    const answer = await store.push(stream, entries, signal)
    telemetry.pushed(answer, (performance.now() - startMs) / 1000)
    return answer
  }
}

function encode(entries: readonly Entry[]): string {
  return entries.map((entry) => JSON.stringify(entry)).join(',')
}
