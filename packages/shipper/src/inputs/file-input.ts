import type { Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  type FilePosition,
  decodePositions,
  encodePosition,
  fileKey,
  startOfFile,
} from './file-position.ts'
import type { FileSource } from './file-source.ts'
import { FileTail, type TailedLines } from './file-tail.ts'
import type { Input, RawLine, Reading } from './input.ts'

export interface FileInputOptions {
  readonly sources: readonly FileSource[]
  /** Notes of the spool: how far each file was read by the process before. */
  readonly notes: ReadonlyMap<string, string>
  readonly clock: () => number
  /** How often folders are listed. */
  readonly pollMs: number
  /** How long a file that was renamed or removed is read on: its writer may not have noticed. */
  readonly rotatedMs: number
  /** Told of a file that cannot be read; it is tried again. */
  readonly onError: (error: unknown) => void
}

interface OpenFile {
  readonly tail: FileTail
  readonly source: FileSource
  /** When it was last listed or last grew. */
  readonly seenAtMs: number
}

interface Taken extends Reading {
  readonly bytes: number
}

/** More files than this are not read at the same time. */
const MAX_OPEN_FILES = 1024
/** Enough for one record of the spool. */
const BATCH_BYTES = 1024 * 1024

/**
 * Tails files. A file is known by device and inode: a renamed one is read to its end under its new
 * name, also when it was renamed while nobody was reading.
 */
export class FileInput implements Input {
  readonly hasEnded = false
  readonly #options: FileInputOptions
  readonly #open = new Map<string, OpenFile>()
  /** Positions of files that are not open. */
  readonly #known: Map<string, FilePosition>
  #forgotten: string[] = []
  #discoveredAtMs = Number.NEGATIVE_INFINITY

  constructor(options: FileInputOptions) {
    this.#options = options
    this.#known = decodePositions(options.notes)
  }

  async read(): Promise<Reading> {
    const nowMs = this.#options.clock()
    if (nowMs - this.#discoveredAtMs >= this.#options.pollMs) {
      const isFirst = this.#discoveredAtMs === Number.NEGATIVE_INFINITY
      this.#discoveredAtMs = nowMs
      await this.#discover(nowMs)
      if (isFirst) await this.#findRenamed(nowMs)
    }
    const lines: RawLine[] = []
    const notes = new Map<string, string | undefined>()
    let budget = BATCH_BYTES
    let isMore = false
    // A copy: whoever was read goes to the end of the queue.
    const queue = [...this.#open]
    for (const [key, file] of queue) {
      if (budget <= 0) return { lines, notes, isMore: true }
      this.#open.delete(key)
      this.#open.set(key, file)
      const taken = await this.#take(key, file, nowMs).catch(this.#reportError)
      lines.push(...taken.lines)
      for (const [name, value] of taken.notes) notes.set(name, value)
      budget -= taken.bytes
      isMore ||= taken.isMore
    }
    for (const key of this.#forgotten.splice(0)) notes.set(key, undefined)
    return { lines, notes, isMore }
  }

  async close(): Promise<void> {
    for (const { tail } of this.#open.values()) await tail.close()
    this.#open.clear()
  }

  readonly #reportError = (error: unknown): Taken => {
    this.#options.onError(error)
    return { lines: [], notes: new Map(), bytes: 0, isMore: false }
  }

  async #discover(nowMs: number): Promise<void> {
    for (const source of this.#options.sources) {
      for (const path of await this.#list(source)) {
        const stats = await statFile(path)
        if (stats !== undefined) await this.#see(path, stats, { source, nowMs })
      }
    }
  }

  async #list(source: FileSource): Promise<readonly string[]> {
    try {
      return await source.list()
    } catch (error) {
      this.#options.onError(error)
      return []
    }
  }

  async #see(
    path: string,
    stats: Stats,
    { source, nowMs }: { readonly source: FileSource; readonly nowMs: number },
  ): Promise<void> {
    const key = fileKey(stats)
    const file = this.#open.get(key)
    if (file !== undefined) {
      this.#open.set(key, { ...file, seenAtMs: nowMs })
      return
    }
    if (this.#open.size >= MAX_OPEN_FILES) return
    const tail = await this.#openTail(path, key)
    if (tail === undefined) return
    this.#known.delete(key)
    this.#open.set(key, { tail, source, seenAtMs: nowMs })
  }

  async #openTail(path: string, key: string): Promise<FileTail | undefined> {
    try {
      return await FileTail.open(key, path, this.#known.get(key) ?? startOfFile(path))
    } catch (error) {
      this.#options.onError(error)
      return undefined
    }
  }

  /** Files read by the process before that are now called otherwise, or are gone. */
  async #findRenamed(nowMs: number): Promise<void> {
    for (const [key, { path }] of this.#known) {
      const source = this.#options.sources.find((candidate) => candidate.matches(path))
      const found = await findFile(key, dirname(path))
      if (found === undefined) this.#forgotten.push(key)
      else if (source !== undefined) await this.#see(found.path, found.stats, { source, nowMs })
    }
  }

  /** Reads one file on; closes it when it is at its end and was not listed for a while. */
  async #take(key: string, file: OpenFile, nowMs: number): Promise<Taken> {
    const { tail } = file
    const before = tail.position
    const read = await tail.read()
    if (read.bytes > 0) this.#open.set(key, { ...file, seenAtMs: nowMs })
    const lines = takeLines(file, read)
    if (read.isMore || read.bytes > 0 || nowMs - file.seenAtMs <= this.#options.rotatedMs) {
      const isMoved = tail.position !== before
      const notes = new Map(isMoved ? [[key, encodePosition(tail.position)]] : [])
      return { lines, notes, bytes: read.bytes, isMore: read.isMore }
    }
    const rest = await tail.readRest()
    await tail.close()
    this.#open.delete(key)
    const notes = new Map([[key, undefined]])
    return { lines: takeLines(file, rest), notes, bytes: rest.bytes, isMore: false }
  }
}

function takeLines({ tail, source }: OpenFile, { lines }: TailedLines): readonly RawLine[] {
  if (lines.length === 0) return []
  const joined = source.toLines(lines, tail.position.pending)
  tail.keepPending(joined.pending)
  return joined.lines
}

async function findFile(
  key: string,
  directory: string,
): Promise<{ path: string; stats: Stats } | undefined> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name)
    const stats = await statFile(path)
    if (stats !== undefined && fileKey(stats) === key) return { path, stats }
  }
  return undefined
}

/** `undefined` where there is no readable regular file, for example because it was just renamed. */
async function statFile(path: string): Promise<Stats | undefined> {
  const stats = await stat(path).catch(() => undefined)
  return stats?.isFile() ? stats : undefined
}
