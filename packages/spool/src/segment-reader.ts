import type { SpoolFileSystem } from './file-system.ts'
import { findRecord } from './record.ts'
import type { Segment } from './segment.ts'
import type { SegmentLog } from './segment-log.ts'

/** A record as its reader gets it. */
export interface SpoolRecord {
  readonly sequence: number
  /** How many entries were appended up to and with this record. */
  readonly entries: number
  readonly count: number
  readonly payload: Buffer
  /** Entries between the record before and this one whose bytes were damaged on disk. */
  readonly lost: number
  /** Whether it was there when the spool was opened: then an earlier reader may have seen it. */
  readonly isRecovered: boolean
}

interface Position {
  readonly sequence: number
  readonly entries: number
}

/** Reads records in the order they were appended, damaged ones left out. */
export class SegmentReader {
  readonly #fileSystem: SpoolFileSystem
  readonly #log: SegmentLog
  readonly #recoveredSequence: number
  #position: Position
  #segment: string | undefined
  /** How much of the segment was loaded, and the loaded bytes not yet returned as records. */
  #loaded = 0
  #bytes = Buffer.alloc(0)

  constructor(fileSystem: SpoolFileSystem, log: SegmentLog, after: Position) {
    this.#fileSystem = fileSystem
    this.#log = log
    this.#recoveredSequence = log.sequence
    this.#position = after
  }

  /** The next record that is safely on disk; `undefined` when there is none yet. */
  async next(): Promise<SpoolRecord | undefined> {
    for (;;) {
      const found = findRecord(this.#bytes, 0)
      if (found === undefined) {
        if (!(await this.#load())) return undefined
        continue
      }
      this.#bytes = this.#bytes.subarray(found.end)
      const { sequence, firstEntry, count, payload } = found.record
      if (sequence <= this.#position.sequence) continue
      const lost = firstEntry - this.#position.entries
      this.#position = { sequence, entries: firstEntry + count }
      const isRecovered = sequence <= this.#recoveredSequence
      return { ...this.#position, count, payload, lost, isRecovered }
    }
  }

  /** Loads what was added to the segment, or else the next segment. */
  async #load(): Promise<boolean> {
    const segments = this.#log.segments.filter(
      ({ lastSequence }) => lastSequence > this.#position.sequence,
    )
    const current = this.#segment ?? ''
    const same = segments.find(({ path, bytes }) => path === current && bytes > this.#loaded)
    const segment = same ?? segments.find(({ path }) => path > current)
    if (segment === undefined) return false
    const from = same === undefined ? 0 : this.#loaded
    this.#bytes = await this.#read(segment, from)
    this.#segment = segment.path
    this.#loaded = segment.bytes
    return true
  }

  async #read({ path, bytes }: Segment, from: number): Promise<Buffer<ArrayBuffer>> {
    const buffer = Buffer.alloc(bytes - from)
    const file = await this.#fileSystem.open(path, 'r')
    try {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  }
}
