import { type SpoolFileSystem, nodeFileSystem } from './file-system.ts'
import { type Notes, applyNotes } from './notes.ts'
import type { Batch } from './record.ts'
import { type Recovered, recover } from './recover.ts'
import { type AppendResult, SegmentLog, isDiskFull } from './segment-log.ts'
import { SegmentReader, type SpoolRecord } from './segment-reader.ts'
import { SpoolFailedError } from './errors.ts'
import { type Table, type TableFile, createTableFile } from './table-file.ts'
import { lockForWriting } from './writer-lock.ts'

export interface SpoolOptions {
  /** Created where it is missing; one process at a time. */
  readonly directory: string
  /** The most that segments may take on disk; default 256 MiB. */
  readonly maxBytes?: number
  /** Only to inject faults. */
  readonly fileSystem?: SpoolFileSystem
}

/**
 * A durable queue of batches in a folder.
 *
 * A batch and the notes of its source are kept or lost together, so a source that notes how far it
 * has read hands over every entry exactly once, whenever the process is killed. The reader gets
 * every entry at least once: again only what it had not acknowledged.
 */
export interface Spool {
  /** The facts noted with batches. */
  readonly notes: ReadonlyMap<string, string>
  /** The facts noted with acknowledgements. */
  readonly receipts: ReadonlyMap<string, string>
  /** Size on disk. */
  readonly bytes: number
  /** Entries appended and not acknowledged. */
  readonly waiting: number
  /** Bytes found damaged and set aside when the spool was opened. */
  readonly damagedBytes: number

  /**
   * Writes a batch and syncs it.
   *
   * @returns `full` when there is no room: nothing was written, ask again later
   * @throws {RangeError} when the batch is larger than the whole spool
   * @throws {SpoolFailedError} when the disk failed; open the spool again to learn what it holds
   */
  append(batch: Batch): Promise<AppendResult>

  /** The next batch; `undefined` when none waits. */
  next(): Promise<SpoolRecord | undefined>

  /**
   * Marks a record and all before it as done, with what the reader wants to remember of it.
   *
   * @throws {SpoolFailedError} when the disk failed
   */
  acknowledge(record: SpoolRecord, receipts?: Notes): Promise<void>

  close(): Promise<void>
}

const DEFAULT_MAX_BYTES = 256 * 1024 * 1024
const MAX_SEGMENT_BYTES = 8 * 1024 * 1024
// The segment being written cannot be deleted: it must not take up the whole spool.
const MIN_SEGMENTS = 8

/**
 * Opens a spool and recovers what it holds.
 *
 * @throws {SpoolLockedError} when another process writes to it
 */
export async function openSpool(options: SpoolOptions): Promise<Spool> {
  const { directory, fileSystem = nodeFileSystem } = options
  await fileSystem.mkdir(directory, { recursive: true })
  const unlock = await lockForWriting(fileSystem, directory)
  try {
    return await openLocked({ maxBytes: DEFAULT_MAX_BYTES, fileSystem, ...options }, unlock)
  } catch (error) {
    await unlock()
    throw error
  }
}

async function openLocked(
  { directory, maxBytes, fileSystem }: Required<SpoolOptions>,
  unlock: () => Promise<void>,
): Promise<Spool> {
  const cursorFile = createTableFile(fileSystem, directory, 'cursor')
  const checkpointFile = createTableFile(fileSystem, directory, 'checkpoint')
  const recovered = await recover(fileSystem, directory, await checkpointFile.load())
  const cursor = (await cursorFile.load()) ?? startOf(recovered)
  const segmentBytes = Math.min(MAX_SEGMENT_BYTES, Math.floor(maxBytes / MIN_SEGMENTS))
  const log = new SegmentLog(
    { fileSystem, directory, maxBytes, segmentBytes, checkpointFile },
    // A record may be damaged after it was acknowledged: its number is not given again.
    {
      ...recovered,
      sequence: Math.max(recovered.sequence, cursor.sequence),
      entries: Math.max(recovered.entries, cursor.entries),
    },
  )
  const reader = new SegmentReader(fileSystem, log, cursor)
  const { damagedBytes } = recovered
  return new DiskSpool({ directory, log, reader, cursorFile, cursor, damagedBytes, unlock })
}

/** Without a cursor everything that is there counts as not yet read. */
function startOf({ first, sequence, entries }: Recovered): Table {
  return first === undefined
    ? { sequence, entries, notes: new Map() }
    : { sequence: first.sequence - 1, entries: first.firstEntry, notes: new Map() }
}

interface Parts {
  readonly directory: string
  readonly log: SegmentLog
  readonly reader: SegmentReader
  readonly cursorFile: TableFile
  readonly cursor: Table
  readonly damagedBytes: number
  readonly unlock: () => Promise<void>
}

class DiskSpool implements Spool {
  readonly damagedBytes: number
  readonly receipts = new Map<string, string>()
  readonly #parts: Parts
  #cursor: Table
  #isCursorStale = false
  #saving: Promise<void> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#cursor = { ...parts.cursor, notes: this.receipts }
    this.damagedBytes = parts.damagedBytes
    applyNotes(this.receipts, parts.cursor.notes)
  }

  get notes(): ReadonlyMap<string, string> {
    return this.#parts.log.notes
  }

  get bytes(): number {
    return this.#parts.log.bytes
  }

  get waiting(): number {
    return this.#parts.log.entries - this.#cursor.entries
  }

  append(batch: Batch): Promise<AppendResult> {
    return this.#parts.log.append(batch)
  }

  next(): Promise<SpoolRecord | undefined> {
    return this.#parts.reader.next()
  }

  async acknowledge(
    { sequence, entries }: SpoolRecord,
    receipts: Notes = new Map(),
  ): Promise<void> {
    applyNotes(this.receipts, receipts)
    this.#cursor = { sequence, entries, notes: this.receipts }
    this.#isCursorStale = true
    this.#saving ??= this.#saveCursor()
    await this.#saving
  }

  async close(): Promise<void> {
    await this.#saving
    await this.#parts.log.close()
    await this.#parts.unlock()
  }

  /** Acknowledgements that arrive meanwhile are saved together. */
  async #saveCursor(): Promise<void> {
    const { directory, log, cursorFile } = this.#parts
    try {
      while (this.#isCursorStale) {
        this.#isCursorStale = false
        const { sequence } = this.#cursor
        await cursorFile.save(this.#cursor)
        await log.discard(sequence)
      }
    } catch (error) {
      // On a full disk an older cursor stays valid: some records will be read again.
      if (!isDiskFull(error)) throw new SpoolFailedError(directory, error)
    } finally {
      this.#saving = undefined
    }
  }
}
