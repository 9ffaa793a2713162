import type { Spool, SpoolRecord } from '@cirrus/spool'
import { type Chunk, decodeChunks, firstStampNs, takeMergeable } from '../streams/chunk.ts'
import { Tally } from '../tally.ts'

/** A record that was read from the spool and is not yet acknowledged. */
interface OpenRecord {
  readonly record: SpoolRecord
  /** Where its settled lines ended. */
  readonly tally: Tally
  /** When its oldest line was stamped; 0 for a record without lines. */
  readonly oldestNs: bigint
  openChunks: number
}

interface WaitingChunk extends Chunk {
  readonly owner: OpenRecord
}

/** Consecutive chunks of one stream. */
export interface Parcel {
  readonly stream: string
  readonly entries: string
  readonly chunks: readonly WaitingChunk[]
  /** Whether some of it may have been sent by the process before. */
  readonly isRepeat: boolean
}

const MAX_BYTES = 8 * 1024 * 1024

/**
 * The records that are being delivered, their chunks sorted by stream. Chunks settle in any order;
 * a record is acknowledged when it and all before it have settled.
 */
export class Window {
  /** Where lines ended, those of records not yet acknowledged included. */
  readonly settled: Tally
  readonly #acknowledged: Tally
  readonly #spool: Spool
  readonly #records: OpenRecord[] = []
  /** Chunks to send, oldest first; streams that had their turn come last. */
  readonly #streams = new Map<string, WaitingChunk[]>()
  #bytes = 0

  constructor(spool: Spool) {
    this.#spool = spool
    this.settled = Tally.fromNotes(spool.receipts)
    this.#acknowledged = Tally.fromNotes(spool.receipts)
  }

  /** Lines that neither were stored nor set aside. */
  get waiting(): number {
    return this.#spool.waiting - (this.settled.total - this.#acknowledged.total)
  }

  get oldestNs(): bigint | undefined {
    return this.#records.find(({ oldestNs }) => oldestNs > 0n)?.oldestNs
  }

  get streams(): readonly string[] {
    return [...this.#streams.keys()]
  }

  /** Reads records until the window is full or none waits; returns how many lines were corrupt. */
  async fill(): Promise<number> {
    let lost = 0
    while (this.#bytes < MAX_BYTES) {
      const record = await this.#spool.next()
      if (record === undefined) break
      this.#open(record)
      lost += record.lost
    }
    await this.#acknowledge()
    return lost
  }

  /** What to push of a stream next. */
  take(stream: string): Parcel {
    const waiting = this.#streams.get(stream) ?? []
    const chunks = takeMergeable(waiting)
    this.#streams.delete(stream)
    if (waiting.length > 0) this.#streams.set(stream, waiting)
    return {
      stream,
      chunks,
      entries: chunks.map(({ entries }) => entries).join(','),
      isRepeat: chunks.some(({ owner }) => owner.record.isRecovered),
    }
  }

  /** Counts the lines of a parcel: the dead ones as told, the others as delivered. */
  async settle({ chunks }: Parcel, dead: Tally): Promise<Tally> {
    const endings = new Tally()
    const rest = new Tally()
    rest.addAll(dead)
    for (const { owner, count } of chunks) {
      // Which record a dead line came with makes no difference, as long as every sum is right.
      const part = rest.take(count)
      part.add({ outcome: 'delivered', reason: 'accepted' }, count - part.total)
      owner.tally.addAll(part)
      owner.openChunks -= 1
      endings.addAll(part)
    }
    this.settled.addAll(endings)
    await this.#acknowledge()
    return endings
  }

  #open(record: SpoolRecord): void {
    const chunks = decodeChunks(record.payload)
    const stamps = chunks.map(firstStampNs)
    const owner: OpenRecord = {
      record,
      tally: new Tally(),
      oldestNs: stamps.reduce((oldest, ns) => (ns < oldest ? ns : oldest), stamps[0] ?? 0n),
      openChunks: chunks.length,
    }
    owner.tally.add({ outcome: 'dead', reason: 'corrupt' }, record.lost)
    this.settled.addAll(owner.tally)
    this.#records.push(owner)
    this.#bytes += record.payload.length
    for (const chunk of chunks) {
      const waiting = this.#streams.get(chunk.stream) ?? []
      waiting.push({ ...chunk, owner })
      this.#streams.set(chunk.stream, waiting)
    }
  }

  async #acknowledge(): Promise<void> {
    const firstOpen = this.#records.findIndex(({ openChunks }) => openChunks > 0)
    const done = this.#records.splice(0, firstOpen < 0 ? this.#records.length : firstOpen)
    const last = done.at(-1)
    if (last === undefined) return
    for (const { record, tally } of done) {
      this.#acknowledged.addAll(tally)
      this.#bytes -= record.payload.length
    }
    await this.#spool.acknowledge(last.record, this.#acknowledged.toNotes())
  }
}
