import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BatchError, type Sink, type Table } from '../src/index.ts'

export const visits: Table = {
  name: 'visit',
  windowColumn: 'stamp_ns',
  columns: [
    { name: 'stamp_ns', type: 'bigint', description: 'When, in nanoseconds.' },
    { name: 'tenant', type: 'text', description: 'Whose.' },
    { name: 'seen', type: 'timestamp', description: 'When.' },
    { name: 'bytes', type: 'bigint', description: 'How much.' },
    { name: 'seconds', type: 'double', description: 'How long.' },
  ],
}

interface Visit {
  readonly stamp_ns: number
  readonly tenant: string
  readonly seen?: string
  readonly bytes?: number
  readonly seconds?: number
}

interface Part {
  readonly start: number
  readonly end: number
  readonly tenant?: string
  readonly rows: readonly Visit[]
}

/** What every sink promises; `open` is called again and again on one folder. */
export function describeSink(name: string, open: (dir: string) => Promise<Sink>): void {
  describe(name, () => {
    let dir: string
    let sink: Sink

    beforeEach(async () => {
      dir = await mkdtemp(join(tmpdir(), 'cirrus-sink-'))
      sink = await open(join(dir, 'warehouse'))
    })

    afterEach(async () => {
      await sink.close()
      await rm(dir, { recursive: true })
    })

    const load = async ({ start, end, tenant, rows }: Part) => {
      const rowsFile = join(dir, 'rows.ndjson')
      await writeFile(rowsFile, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
      return sink.loadBatch({
        table: 'visit',
        slice: {
          window: { startNs: BigInt(start), endNs: BigInt(end) },
          equals: tenant === undefined ? {} : { tenant },
        },
        rowsFile,
        rowCount: rows.length,
      })
    }
    const stamps = async () => {
      const rows = await sink.query('SELECT stamp_ns, tenant FROM visit ORDER BY stamp_ns, tenant')
      return rows.map((row) => `${row['tenant']}${row['stamp_ns']}`)
    }

    it('answers for a table without rows', async () => {
      expect(await sink.query('SELECT count(*) AS n, sum(bytes) AS b FROM visit')).toEqual([
        { n: '0', b: null },
      ])
    })

    it('keeps every value as it was', async () => {
      const row = {
        stamp_ns: 1,
        tenant: "o'neil \u0000 “ü”",
        seen: '2026-11-23T20:00:00.123Z',
        bytes: Number.MAX_SAFE_INTEGER,
        seconds: 0.1,
      }
      await load({ start: 0, end: 2, rows: [row] })
      expect(
        await sink.query(
          `SELECT tenant, bytes, seconds,
                  seen = CAST('2026-11-23 20:00:00.123+00' AS TIMESTAMPTZ) AS same FROM visit`,
        ),
      ).toEqual([
        { tenant: row.tenant, bytes: String(row.bytes), seconds: row.seconds, same: true },
      ])
    })

    it('binds parameters', async () => {
      await load({ start: 0, end: 9, rows: [1, 2, 3].map((n) => ({ stamp_ns: n, tenant: 'a' })) })
      const rows = await sink.query('SELECT count(*) AS n FROM visit WHERE stamp_ns >= $from', {
        from: 2n,
      })
      expect(rows).toEqual([{ n: '2' }])
    })

    it('replaces a window that is loaded again, even by nothing', async () => {
      await load({ start: 0, end: 10, rows: [{ stamp_ns: 1, tenant: 'a' }] })
      await load({ start: 0, end: 10, rows: [{ stamp_ns: 2, tenant: 'a' }] })
      expect(await stamps()).toEqual(['a2'])
      await load({ start: 0, end: 10, rows: [] })
      expect(await stamps()).toEqual([])
    })

    it('replaces exactly the overlap of windows, edges included and excluded', async () => {
      const rows = [0, 4, 5, 9].map((n) => ({ stamp_ns: n, tenant: 'a' }))
      await load({ start: 0, end: 10, rows })
      await load({ start: 5, end: 9, rows: [{ stamp_ns: 7, tenant: 'a' }] })
      expect(await stamps()).toEqual(['a0', 'a4', 'a7', 'a9'])
    })

    it('leaves rows of other slices alone', async () => {
      const rows = [1, 2].flatMap((n) => ['a', 'b'].map((tenant) => ({ stamp_ns: n, tenant })))
      await load({ start: 0, end: 10, rows })
      await load({ start: 0, end: 10, tenant: 'a', rows: [{ stamp_ns: 3, tenant: 'a' }] })
      expect(await stamps()).toEqual(['b1', 'b2', 'a3'])
      await load({ start: 0, end: 2, tenant: 'b', rows: [] })
      expect(await stamps()).toEqual(['b2', 'a3'])
    })

    it('keeps rows for the next one to open it', async () => {
      await load({ start: 0, end: 10, rows: [{ stamp_ns: 1, tenant: 'a' }] })
      await sink.close()
      sink = await open(join(dir, 'warehouse'))
      expect(await stamps()).toEqual(['a1'])
    })

    it('tells the same digest for the same rows in another order', async () => {
      const rows = Array.from({ length: 5_000 }, (_, n) => ({ stamp_ns: n, tenant: `t${n % 7}` }))
      const first = await load({ start: 0, end: 5_000, rows })
      const second = await load({ start: 0, end: 5_000, rows: rows.toReversed() })
      expect(second).toEqual(first)
      expect(first.rows).toBe(5_000)
    })

    it.each([
      ['a row outside of its window', { start: 0, end: 5, rows: [{ stamp_ns: 5, tenant: 'a' }] }],
      [
        'a row of another slice',
        { start: 0, end: 9, tenant: 'b', rows: [{ stamp_ns: 5, tenant: 'a' }] },
      ],
    ])('refuses %s and changes nothing', async (_, part) => {
      await load({ start: 0, end: 10, rows: [{ stamp_ns: 1, tenant: 'a' }] })
      await expect(load(part)).rejects.toThrow(BatchError)
      expect(await stamps()).toEqual(['a1'])
    })

    it('refuses a file that holds another number of rows', async () => {
      const rowsFile = join(dir, 'short.ndjson')
      await writeFile(rowsFile, '{"stamp_ns":1,"tenant":"a"}\n')
      const slice = { window: { startNs: 0n, endNs: 9n }, equals: {} }
      await expect(
        sink.loadBatch({ table: 'visit', slice, rowsFile, rowCount: 2 }),
      ).rejects.toThrow('holds 1 rows instead of 2')
    })

    it('refuses a file that cannot be read', async () => {
      const rowsFile = join(dir, 'torn.ndjson')
      await writeFile(rowsFile, '{"stamp_ns":1,"ten')
      const slice = { window: { startNs: 0n, endNs: 9n }, equals: {} }
      await expect(
        sink.loadBatch({ table: 'visit', slice, rowsFile, rowCount: 1 }),
      ).rejects.toThrow(BatchError)
    })
  })
}
