import { OVERFLOW_VALUE, UNKNOWN_VALUE, labels as catalogLabels } from '@cirrus/catalog'
import { msToNs } from '../parse/log-time.ts'
import type { Fold, StreamLabels } from './fold-labels.ts'

/** One stream of the log store. */
interface Stream {
  /** Its labels as JSON: what identifies it. */
  readonly key: string
  readonly domain: string | undefined
  /** The stamp of its newest line. */
  readonly lastNs: bigint
  /** When a line of it was last seen. */
  readonly usedNs: bigint
}

const PREFIX = 'stream:'
const MAX_STREAMS = 2000
const IDLE_NS = msToNs(24 * 60 * 60 * 1000)
const FORGET_INTERVAL_NS = msToNs(60 * 1000)

/**
 * Every stream that lines were stamped for, within bounds, and the last stamp of each.
 *
 * It is kept in the notes of the spool, so that stamps ascend across restarts and lines which are
 * read again get the stamps they had.
 */
export class StreamTable {
  readonly #streams = new Map<string, Stream>()
  /** How many streams each domain has. */
  readonly #domains = new Map<string, number>()
  readonly #forgotten: string[] = []
  #forgotAtNs: bigint

  constructor(notes: ReadonlyMap<string, string>, nowNs: bigint) {
    this.#forgotAtNs = nowNs
    for (const [name, value] of notes) {
      if (!name.startsWith(PREFIX)) continue
      const key = name.slice(PREFIX.length)
      // Only this class writes these notes.
      const labels: StreamLabels = JSON.parse(key)
      this.#add({ key, domain: labels.domain, lastNs: BigInt(value), usedNs: nowNs })
    }
  }

  hasDomain(name: string): boolean {
    return this.#domains.has(name)
  }

  /** The key of the stream for these labels; folded where there would be too many. */
  admit(labels: StreamLabels, nowNs: bigint, onFold: (fold: Fold) => void): string {
    const key = JSON.stringify(labels)
    const stream = this.#streams.get(key)
    if (stream !== undefined) {
      this.#streams.set(key, { ...stream, usedNs: nowNs })
      return key
    }
    const { service, domain } = labels
    if (!this.#hasRoom(labels)) this.#forgetIdle(nowNs)
    if (this.#hasRoom(labels)) {
      this.#add({ key, domain, lastNs: 0n, usedNs: nowNs })
      return key
    }
    if (domain !== undefined) onFold({ label: 'domain', value: domain })
    // One stream per service takes what exceeds the bounds: there are few services.
    const rest = { ...(service === undefined ? {} : { service }), domain: OVERFLOW_VALUE }
    const restKey = JSON.stringify(rest)
    const lastNs = this.#streams.get(restKey)?.lastNs ?? 0n
    this.#add({ key: restKey, domain: OVERFLOW_VALUE, lastNs, usedNs: nowNs })
    return restKey
  }

  /** A stamp for a line of the stream: its time, or just after the line before. */
  stamp(key: string, timeNs: bigint): bigint {
    const stream = this.#streams.get(key)
    if (stream === undefined) throw new RangeError(`There is no stream ${key}`)
    const afterLast = stream.lastNs + 1n
    const lastNs = timeNs > afterLast ? timeNs : afterLast
    this.#streams.set(key, { ...stream, lastNs })
    return lastNs
  }

  /** What to note after lines of these streams were stamped. */
  takeNotes(keys: Iterable<string>): Map<string, string | undefined> {
    const notes = new Map<string, string | undefined>()
    for (const key of this.#forgotten.splice(0)) notes.set(PREFIX + key, undefined)
    for (const key of keys) notes.set(PREFIX + key, String(this.#streams.get(key)?.lastNs ?? 0n))
    return notes
  }

  #hasRoom({ domain }: StreamLabels): boolean {
    if (this.#streams.size >= MAX_STREAMS) return false
    const isNew = domain !== undefined && !isReserved(domain) && !this.#domains.has(domain)
    return !isNew || this.#domains.size < catalogLabels.domain.bound
  }

  #add(stream: Stream): void {
    this.#streams.set(stream.key, stream)
    const { domain } = stream
    if (domain === undefined || isReserved(domain)) return
    this.#domains.set(domain, (this.#domains.get(domain) ?? 0) + 1)
  }

  #forgetIdle(nowNs: bigint): void {
    if (nowNs - this.#forgotAtNs < FORGET_INTERVAL_NS) return
    this.#forgotAtNs = nowNs
    for (const [key, { domain, usedNs }] of this.#streams) {
      if (usedNs > nowNs - IDLE_NS) continue
      this.#streams.delete(key)
      this.#forgotten.push(key)
      const count = domain === undefined ? undefined : this.#domains.get(domain)
      if (domain === undefined || count === undefined) continue
      if (count > 1) this.#domains.set(domain, count - 1)
      else this.#domains.delete(domain)
    }
  }
}

function isReserved(domain: string): boolean {
  return domain === OVERFLOW_VALUE || domain === UNKNOWN_VALUE
}
