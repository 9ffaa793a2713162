import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManifestError, type Sink, WarehouseBusyError, openDuckDbSink } from '../src/index.ts'
import { describeSink, visits } from './sink-conformance.ts'

const open = (dir: string): Promise<Sink> => openDuckDbSink({ dir, tables: [visits] })

describeSink('DuckDB sink', open)

describe('openDuckDbSink', () => {
  let dir: string

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'cirrus-duckdb-'))
  })

  afterEach(() => rm(dir, { recursive: true }))

  async function loadOne(sink: Sink): Promise<void> {
    const rowsFile = join(dir, 'rows.ndjson')
    await writeFile(rowsFile, '{"stamp_ns":1,"tenant":"a"}\n')
    const slice = { window: { startNs: 0n, endNs: 10n }, equals: {} }
    await sink.loadBatch({ table: 'visit', slice, rowsFile, rowCount: 1 })
  }

  it('holds nothing but the live files, and lists them in the manifest', async () => {
    const sink = await open(dir)
    await loadOne(sink)
    await loadOne(sink)
    await sink.close()
    const { files } = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'))
    expect(files).toEqual([
      expect.objectContaining({ table: 'visit', rows: 1, start_ns: '0', end_ns: '10' }),
    ])
    expect(await readdir(join(dir, 'visit'))).toEqual([files[0].path.replace('visit/', '')])
  })

  it('removes what a crash has left', async () => {
    await (await open(dir)).close()
    await writeFile(join(dir, 'visit', 'next.tmp'), 'torn')
    await (await open(dir)).close()
    expect(await readdir(join(dir, 'visit'))).toEqual([])
  })

  it('refuses a second writer and says which process is the first', async () => {
    const sink = await open(dir)
    await expect(open(dir)).rejects.toThrow(WarehouseBusyError)
    await expect(open(dir)).rejects.toThrow(`Process ${process.pid}`)
    await sink.close()
    await (await open(dir)).close()
  })

  it.each([
    ['{', 'be valid JSON'],
    ['{"version":9,"files":[]}', 'have version 1'],
    ['{"version":1,"files":[{"table":"visit"}]}', 'describe every file'],
  ])('refuses the manifest %s and lets the lock go', async (text, wanted) => {
    await writeFile(join(dir, 'manifest.json'), text)
    await expect(open(dir)).rejects.toThrow(ManifestError)
    await expect(open(dir)).rejects.toThrow(wanted)
  })
})
