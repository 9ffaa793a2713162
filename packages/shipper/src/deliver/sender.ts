import { setTimeout as delay } from 'node:timers/promises'
import { Tally } from '../tally.ts'
import type { Telemetry } from '../telemetry.ts'
import { type BackoffOptions, backoffMs } from './backoff.ts'
import type { DeadLetters } from './dead-letters.ts'
import type { LogStore, PushAnswer } from './loki.ts'
import { type Entry, judge, parseEntries, reasonOf } from './rejection.ts'

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
  async send(stream: string, entries: string): Promise<Tally> {
    const { deadLetters, telemetry } = this.#options
    const dead = new Tally()
    // Parts still to be sent, last first.
    const parts = [entries]
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const answer = await this.#pushUntilAnswered(stream, part)
      if (answer.result === 'accepted') continue
      const { refused, retry } = judge(parseEntries(part), answer.text)
      const reason = reasonOf(answer.text)
      if (refused.length > 0) {
        await deadLetters.write({ stream, entries: refused, reason, answer: answer.text })
        telemetry.refused(answer, refused.length)
      }
      dead.add({ outcome: 'dead', reason }, refused.length)
      parts.push(...retry.map(encodeEntries))
    }
    return dead
  }

  /** Lines wait on disk as long as it takes. */
  async #pushUntilAnswered(stream: string, entries: string): Promise<PushAnswer> {
    const { telemetry, backoff, signal } = this.#options
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#push(stream, entries)
      if (answer.result === 'accepted' || answer.result === 'rejected') return answer
      if (!signal.aborted) telemetry.notTaken(answer, attempt)
      await delay(backoffMs(attempt, backoff), undefined, { signal })
    }
  }

  async #push(stream: string, entries: string): Promise<PushAnswer> {
    const { store, telemetry, signal } = this.#options
    const startMs = performance.now()
    const answer = await store.push(stream, entries, signal)
    telemetry.pushed(answer, (performance.now() - startMs) / 1000)
    return answer
  }
}

function encodeEntries(entries: readonly Entry[]): string {
  return entries.map((entry) => JSON.stringify(entry)).join(',')
}
