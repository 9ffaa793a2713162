import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Batch, type Spool, SpoolLockedError, openSpool } from '../src/index.ts'
import { temporaryDirectory } from './temporary-directory.ts'

function batch(text: string, notes: Record<string, string> = {}): Batch {
  return { count: 1, payload: Buffer.from(text), notes: new Map(Object.entries(notes)) }
}

async function readAll(spool: Spool): Promise<string[]> {
  const texts: string[] = []
  for (let record = await spool.next(); record; record = await spool.next()) {
    texts.push(record.payload.toString())
  }
  return texts
}

describe('openSpool', () => {
  it('gives back in order what was appended, also what was appended at the same time', async () => {
    const spool = await openSpool({ directory: temporaryDirectory() })
    await Promise.all(['a', 'b', 'c'].map((text) => spool.append(batch(text))))
    await spool.append(batch('d'))
    expect(await readAll(spool)).toEqual(['a', 'b', 'c', 'd'])
    expect(spool.waiting).toBe(4)
    await spool.close()
  })

  it('reads again after a restart only what was not acknowledged', async () => {
    const directory = temporaryDirectory()
    const spool = await openSpool({ directory })
    for (const text of ['a', 'b', 'c']) await spool.append(batch(text))
    const first = await spool.next()
    if (first) await spool.acknowledge(first, new Map([['delivered', '1']]))
    await spool.close()

    const again = await openSpool({ directory })
    expect(again.waiting).toBe(2)
    expect(again.receipts.get('delivered')).toBe('1')
    expect(await again.next()).toMatchObject({ isRecovered: true })
    expect(await readAll(again)).toEqual(['c'])
    await again.append(batch('d'))
    expect(await again.next()).toMatchObject({ isRecovered: false })
    await again.close()
  })

  it('keeps notes after the segment that held them is gone', async () => {
    const directory = temporaryDirectory()
    const spool = await openSpool({ directory, maxBytes: 4000 })
    await spool.append(batch('a', { 'file:1': '10', 'file:2': '20' }))
    await spool.append({
      count: 0,
      payload: Buffer.alloc(0),
      notes: new Map([['file:2', undefined]]),
    })
    for (let count = 0; count < 50; count += 1) {
      await spool.append(batch('x'.repeat(300)))
      const records = [await spool.next(), await spool.next(), await spool.next()]
      const last = records.findLast((record) => record !== undefined)
      if (last) await spool.acknowledge(last)
    }
    expect(readdirSync(directory)).not.toContain('0000000000000001.segment')
    await spool.close()

    const again = await openSpool({ directory })
    expect([...again.notes]).toEqual([['file:1', '10']])
    expect(again.waiting).toBe(0)
    await again.close()
  })

  it('says when it is full, and takes more when something was acknowledged', async () => {
    const spool = await openSpool({ directory: temporaryDirectory(), maxBytes: 10_000 })
    let stored = 0
    while ((await spool.append(batch('x'.repeat(900)))) === 'stored') stored += 1
    expect(stored).toBe(10)
    expect(spool.bytes).toBeLessThanOrEqual(10_000)
    for (let count = 0; count < 5; count += 1) {
      const record = await spool.next()
      if (record) await spool.acknowledge(record)
    }
    expect(await spool.append(batch('x'.repeat(900)))).toBe('stored')
    expect(spool.waiting).toBe(6)
    await spool.close()
  })

  it('refuses a batch that could never fit', async () => {
    const spool = await openSpool({ directory: temporaryDirectory(), maxBytes: 1000 })
    await expect(spool.append(batch('x'.repeat(1000)))).rejects.toThrow(RangeError)
    await spool.close()
  })

  it('is held by one writer at a time', async () => {
    const directory = temporaryDirectory()
    const spool = await openSpool({ directory })
    await expect(openSpool({ directory })).rejects.toThrow(SpoolLockedError)
    await spool.close()
    await (await openSpool({ directory })).close()
  })

  it('takes over from a process that was killed', async () => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'lock'), `${process.pid} 1`)
    await (await openSpool({ directory })).close()
  })
})
