import type { FileHandle } from 'node:fs/promises'
import { SpoolFailedError } from './errors.ts'
import { type SpoolFileSystem, syncDirectory } from './file-system.ts'
import { applyNotes } from './notes.ts'
import { type Batch, encodeRecord, recordBytes } from './record.ts'
import type { Recovered } from './recover.ts'
import { type Segment, segmentPath } from './segment.ts'
import type { TableFile } from './table-file.ts'

/** `full`: nothing was written; the source keeps the batch and tries again. */
export type AppendResult = 'stored' | 'full'

interface SegmentLogOptions {
  readonly fileSystem: SpoolFileSystem
  readonly directory: string
  readonly maxBytes: number
  readonly segmentBytes: number
  readonly checkpointFile: TableFile
}

interface Pending {
  readonly batch: Batch
  readonly bytes: number
  readonly settle: (result: AppendResult) => void
  readonly fail: (error: Error) => void
}

/** The segment that is being written. */
interface Active {
  readonly path: string
  readonly file: FileHandle
  readonly bytes: number
}

/** Appends records to segment files; what was appended at the same time is synced once. */
export class SegmentLog {
  readonly notes: Map<string, string>
  readonly #options: SegmentLogOptions
  readonly #pending: Pending[] = []
  #pendingBytes = 0
  #segments: readonly Segment[]
  #active: Active | undefined
  #sequence: number
  #entries: number
  #flushing: Promise<void> | undefined
  #failure: SpoolFailedError | undefined

  constructor(options: SegmentLogOptions, recovered: Recovered) {
    this.#options = options
    this.#segments = recovered.segments
    this.#sequence = recovered.sequence
    this.#entries = recovered.entries
    this.notes = recovered.notes
  }

  /** Oldest first; the bytes of each are safely on disk. */
  get segments(): readonly Segment[] {
    return this.#segments
  }

  get bytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** The last record that is safely on disk. */
  get sequence(): number {
    return this.#sequence
  }

  /** How many entries were ever appended. */
  get entries(): number {
    return this.#entries
  }

  async append(batch: Batch): Promise<AppendResult> {
    if (this.#failure) throw this.#failure
    const bytes = recordBytes(batch)
    const { maxBytes } = this.#options
    if (bytes > maxBytes) {
      throw new RangeError(`A batch of ${bytes} bytes cannot fit a spool of ${maxBytes} bytes`)
    }
    if (this.bytes + this.#pendingBytes + bytes > maxBytes) return 'full'
    const result = new Promise<AppendResult>((settle, fail) => {
      this.#pending.push({ batch, bytes, settle, fail })
    })
    this.#pendingBytes += bytes
    this.#flushing ??= this.#flush()
    return result
  }

  /** Deletes the segments that hold nothing after the given record. */
  async discard(throughSequence: number): Promise<void> {
    const isDone = (segment: Segment): boolean =>
      segment.lastSequence <= throughSequence && segment.path !== this.#active?.path
    const done = this.#segments.filter(isDone)
    if (done.length === 0) return
    // The notes of the records that are about to go must be found elsewhere first.
    await this.#options.checkpointFile.save({
      sequence: this.#sequence,
      entries: this.#entries,
      notes: this.notes,
    })
    for (const { path } of done) await this.#options.fileSystem.rm(path, { force: true })
    this.#segments = this.#segments.filter((segment) => !done.includes(segment))
  }

  async close(): Promise<void> {
    await this.#flushing
    await this.#closeActive()
  }

  async #flush(): Promise<void> {
    while (this.#pending.length > 0) {
      const group = this.#pending.splice(0)
      try {
        await this.#write(group)
        for (const { settle } of group) settle('stored')
      } catch (error) {
        await this.#recoverFrom(error, group)
      }
      this.#pendingBytes -= group.reduce((sum, { bytes }) => sum + bytes, 0)
    }
    this.#flushing = undefined
  }

  async #write(group: readonly Pending[]): Promise<void> {
    let sequence = this.#sequence
    let entries = this.#entries
    const records = group.map(({ batch }) => {
      const record = encodeRecord(batch, { sequence: ++sequence, firstEntry: entries })
      entries += batch.count
      return record
    })
    const bytes = Buffer.concat(records)
    const { path, file, bytes: start } = await this.#openActive()
    await writeFully(file, bytes, start)
    await file.datasync()
    this.#sequence = sequence
    this.#entries = entries
    for (const { batch } of group) applyNotes(this.notes, batch.notes ?? new Map())
    this.#grow({ path, lastSequence: sequence, bytes: start + bytes.length }, file)
    if (start + bytes.length >= this.#options.segmentBytes) await this.#closeActive()
  }

  #grow(segment: Segment, file: FileHandle): void {
    this.#active = { path: segment.path, file, bytes: segment.bytes }
    this.#segments = [...this.#segments.filter(({ path }) => path !== segment.path), segment]
  }

  async #openActive(): Promise<Active> {
    if (this.#active) return this.#active
    const { fileSystem, directory } = this.#options
    const path = segmentPath(directory, this.#sequence + 1)
    // Not appending: after a failed write the next one takes the place of its remains.
    const file = await fileSystem.open(path, 'w')
    this.#active = { path, file, bytes: 0 }
    await syncDirectory(fileSystem, directory)
    return this.#active
  }

  async #closeActive(): Promise<void> {
    const active = this.#active
    this.#active = undefined
    await active?.file.close()
  }

  /** A full disk is as good as a full spool; after any other fault only a restart knows the truth. */
  async #recoverFrom(error: unknown, group: readonly Pending[]): Promise<void> {
    try {
      if (!isDiskFull(error)) throw error
      await this.#active?.file.truncate(this.#active.bytes)
      for (const { settle } of group) settle('full')
    } catch (cause) {
      const failure = new SpoolFailedError(this.#options.directory, cause)
      this.#failure = failure
      for (const { fail } of [...group, ...this.#pending.splice(0)]) fail(failure)
    }
  }
}

async function writeFully(file: FileHandle, bytes: Buffer, start: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    // On a disk that is nearly full the system may write less than asked.
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, start + done)
    done += bytesWritten
  }
}

/** Whether the disk, or this user's share of it, has no room. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT'
}
