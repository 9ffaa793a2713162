import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LedgerError } from '../src/index.ts'
import { Ledger, type LedgerRecord } from '../src/ledger.ts'

const record: LedgerRecord = {
  at: '2026-11-23T20:00:01.000Z',
  tenant: 'fake',
  selector: '{service="edge"}',
  start: '2026-11-23T20:00:00.000Z',
  end: '2026-11-23T20:05:00.000Z',
  state: 'complete',
  lines: 12,
  unreadable: 0,
  sha256: 'é',
  requests: 3,
}

let dir: string
let path: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cirrus-ledger-'))
  path = join(dir, 'ledger.jsonl')
})

afterEach(() => rm(dir, { recursive: true }))

async function append(...records: readonly LedgerRecord[]): Promise<void> {
  const ledger = await Ledger.open(path)
  for (const one of records) await ledger.append(one)
  await ledger.close()
}

async function linesRead(): Promise<readonly number[]> {
  const text = await readFile(path, 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).record.lines)
}

describe('Ledger', () => {
  it('appends to what is there', async () => {
    await append(record)
    await append({ ...record, lines: 13 })
    expect(await linesRead()).toEqual([12, 13])
  })

  it('cuts off the torn line of a crash', async () => {
    await append(record, { ...record, lines: 13 })
    const { length } = await readFile(path)
    await truncate(path, length - 9)
    await append({ ...record, lines: 14 })
    expect(await linesRead()).toEqual([12, 14])
  })

  it('refuses damage anywhere else and names the line', async () => {
    await append(record, record, record)
    const text = await readFile(path, 'utf8')
    const [first, second, ...rest] = text.split('\n')
    await writeFile(path, [first, second?.replace('12', '21'), ...rest].join('\n'))
    await expect(Ledger.open(path)).rejects.toThrow(LedgerError)
    await expect(Ledger.open(path)).rejects.toThrow('Line 2 of the ledger')
    expect(await readFile(path, 'utf8')).toContain('21')
  })
})
