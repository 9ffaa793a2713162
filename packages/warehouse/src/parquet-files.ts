import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { DuckDBConnection } from '@duckdb/node-api'
import { type Batch, type Slice, contains, overlaps } from './batch.ts'
import { copyToParquet, countOutside, selectOutside, selectRowsFile } from './duckdb-sql.ts'
import { publishFile } from './durable-file.ts'
import { BatchError } from './errors.ts'
import { type LiveFile, readManifest, writeManifest } from './manifest.ts'
import type { StoredBatch } from './sink.ts'
import type { Table } from './table.ts'

/**
 * The live Parquet files of a folder. A file is never changed: a change writes new files and then
 * switches the manifest, so that a reader of the manifest sees the old state or the new.
 */
export class ParquetFiles {
  readonly #dir: string
  readonly #connection: DuckDBConnection
  #live: readonly LiveFile[] = []

  constructor(dir: string, connection: DuckDBConnection) {
    this.#dir = dir
    this.#connection = connection
  }

  /** Reads the manifest and removes what a crash has left beside it. */
  async open(tables: readonly Table[]): Promise<void> {
    this.#live = await readManifest(this.#manifest)
    for (const { name } of tables) {
      await mkdir(join(this.#dir, name), { recursive: true })
      await this.#removeDeadFiles(name)
    }
  }

  pathsOf(table: Table): readonly string[] {
    return this.#liveOf(table).map(({ path }) => join(this.#dir, path))
  }

  /** Makes the rows of a batch the only rows of its slice. */
  async replaceSlice(table: Table, batch: Batch): Promise<StoredBatch> {
    const touched = this.#liveOf(table).filter((file) => overlaps(file.slice, batch.slice))
    const written = await this.#writeBatch(table, batch)
    const remainders: LiveFile[] = []
    for (const file of touched) {
      if (!contains(batch.slice, file.slice)) {
        remainders.push(await this.#writeRemainder(table, batch.slice, file))
      }
    }
    const untouched = this.#live.filter((file) => !touched.includes(file))
    this.#live = [...untouched, ...remainders, written].filter(({ rows }) => rows > 0)
    await writeManifest(this.#manifest, this.#live)
    await this.#removeDeadFiles(table.name)
    return { rows: written.rows, bytes: written.bytes, sha256: written.sha256 }
  }

  async #writeBatch(table: Table, { slice, rowsFile, rowCount }: Batch): Promise<LiveFile> {
    const file = await this.#write(table, slice, selectRowsFile(table, rowsFile))
    if (file.rows !== rowCount) {
      throw new BatchError(table.name, `its file holds ${file.rows} rows instead of ${rowCount}`)
    }
    const outside = await this.#count(countOutside(table, slice, join(this.#dir, file.path)))
    if (outside > 0) throw new BatchError(table.name, `${outside} rows are not in its slice`)
    return file
  }

  #writeRemainder(table: Table, slice: Slice, file: LiveFile): Promise<LiveFile> {
    return this.#write(table, file.slice, selectOutside(table, slice, join(this.#dir, file.path)))
  }

  /** Writes rows to a file that is named for its content; it is live once the manifest says so. */
  async #write(table: Table, slice: Slice, select: string): Promise<LiveFile> {
    const temporary = join(this.#dir, table.name, 'next.tmp')
    const rows = await this.#copy(table, select, temporary)
    const [sha256, { size }] = await Promise.all([digestOf(temporary), stat(temporary)])
    const { startNs, endNs } = slice.window
    const path = join(table.name, `${startNs}-${endNs}-${sha256.slice(0, 16)}.parquet`)
    await publishFile(temporary, join(this.#dir, path))
    return { table: table.name, path, slice, rows, bytes: size, sha256 }
  }

  async #copy(table: Table, select: string, file: string): Promise<number> {
    try {
      return (await this.#connection.run(copyToParquet(select, file))).rowsChanged
    } catch (error) {
      throw new BatchError(table.name, 'its rows cannot be read', { cause: error })
    }
  }

  async #count(sql: string): Promise<number> {
    const result = await this.#connection.runAndReadAll(sql)
    return Number(result.getRowsJson()[0]?.[0])
  }

  async #removeDeadFiles(table: string): Promise<void> {
    const live = new Set(this.#live.map(({ path }) => path))
    for (const name of await readdir(join(this.#dir, table))) {
      const path = join(table, name)
      if (!live.has(path)) await rm(join(this.#dir, path))
    }
  }

  #liveOf(table: Table): readonly LiveFile[] {
    return this.#live.filter((file) => file.table === table.name)
  }

  get #manifest(): string {
    return join(this.#dir, 'manifest.json')
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
