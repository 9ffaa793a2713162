import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { holdLock } from '@cirrus/servers'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { Batch } from './batch.ts'
import { createTableView } from './duckdb-sql.ts'
import { WarehouseBusyError } from './errors.ts'
import { ParquetFiles } from './parquet-files.ts'
import type { Parameters, Row, Sink, StoredBatch } from './sink.ts'
import type { Table } from './table.ts'

export interface DuckDbSinkOptions {
  /** Folder of the warehouse; made where it is missing. */
  readonly dir: string
  readonly tables: readonly Table[]
  /** Of the buffer pool; the process needs about 250 MB more. */
  readonly memoryLimitMb?: number
  readonly threads?: number
}

/**
 * Opens a folder of Parquet files as a warehouse, for this process alone.
 *
 * @throws {WarehouseBusyError} when another process has it open
 * @throws {ManifestError} when the list of live files is damaged
 */
export async function openDuckDbSink(options: DuckDbSinkOptions): Promise<Sink> {
  await mkdir(options.dir, { recursive: true })
  const lockFile = join(options.dir, 'writer.lock')
  const lock = await holdLock(lockFile)
  if (!lock.isHeld) throw new WarehouseBusyError(lockFile, lock.pid)
  const engine = await startEngine(options)
  const close = async (): Promise<void> => {
    engine.closeSync()
    await lock.release()
  }
  try {
    const sink = new DuckDbSink(options, await engine.connect(), close)
    await sink.open()
    return sink
  } catch (error) {
    await close()
    throw error
  }
}

function startEngine({
  dir,
  memoryLimitMb = 512,
  threads = 2,
}: DuckDbSinkOptions): Promise<DuckDBInstance> {
  return DuckDBInstance.create(':memory:', {
    memory_limit: `${memoryLimitMb}MB`,
    threads: String(threads),
    temp_directory: join(dir, '.spill'),
    // Nothing is fetched from elsewhere at run time.
    autoinstall_known_extensions: 'false',
  })
}

class DuckDbSink implements Sink {
  readonly close: () => Promise<void>
  readonly #tables: readonly Table[]
  readonly #connection: DuckDBConnection
  readonly #files: ParquetFiles

  constructor(
    { dir, tables }: DuckDbSinkOptions,
    connection: DuckDBConnection,
    close: () => Promise<void>,
  ) {
    this.close = close
    this.#tables = tables
    this.#connection = connection
    this.#files = new ParquetFiles(dir, connection)
  }

  async open(): Promise<void> {
    await this.#connection.run("SET TimeZone = 'UTC'")
    await this.#files.open(this.#tables)
    for (const table of this.#tables) await this.#createView(table)
  }

  async loadBatch(batch: Batch): Promise<StoredBatch> {
    const table = this.#tables.find(({ name }) => name === batch.table)
    if (table === undefined) throw new RangeError(`No table ${JSON.stringify(batch.table)}`)
    const stored = await this.#files.replaceSlice(table, batch)
    await this.#createView(table)
    return stored
  }

  async query(sql: string, parameters: Parameters = {}): Promise<readonly Row[]> {
    const result = await this.#connection.runAndReadAll(sql, { ...parameters })
    return result.getRowObjectsJson().map(toRow)
  }

  async #createView(table: Table): Promise<void> {
    await this.#connection.run(createTableView(table, this.#files.pathsOf(table)))
  }
}

function toRow(row: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : null,
    ]),
  )
}
