import { readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Spool, type SpoolRecord, openSpool } from '../src/index.ts'
import { createRandom } from './random.ts'
import { temporaryDirectory } from './temporary-directory.ts'

type Random = ReturnType<typeof createRandom>

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1)

function segments(directory: string): string[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.segment'))
  return names.toSorted().map((name) => join(directory, name))
}

/** What `kill -9` leaves: the lock of a process that is gone, and buffers never flushed. */
async function killed(spool: Spool, directory: string): Promise<void> {
  await spool.close()
  rmSync(join(directory, 'lock'), { force: true })
}

/** A source that counts: entry n is the text of n, and it notes how far it came. */
async function appendNumbers(spool: Spool, random: Random): Promise<void> {
  const from = Number(spool.notes.get('position') ?? 0)
  const count = random.below(4)
  const numbers = Array.from({ length: count }, (_, index) => from + index)
  const padding = 'x'.repeat(random.below(200))
  const payload = Buffer.from(numbers.map((number) => `${number} ${padding}\n`).join(''))
  await spool.append({ count, payload, notes: new Map([['position', String(from + count)]]) })
}

function numbersOf({ payload }: SpoolRecord): number[] {
  const lines = payload.toString().split('\n').slice(0, -1)
  return lines.map((line) => Number(line.split(' ')[0]))
}

/** Loses any part of the bytes written since `before`: they were never synced. */
function tear(directory: string, before: number, random: Random): void {
  const last = segments(directory).at(-1)
  if (last === undefined) return
  const size = statSync(last).size
  const written = size - before
  if (written <= 0) return
  const keep = before + random.below(written)
  truncateSync(last, keep)
  if (random.below(2) === 0) {
    const garbage = Buffer.from(Array.from({ length: size - keep }, () => random.below(256)))
    writeFileSync(last, garbage, { flag: 'a' })
  }
}

function lastSize(directory: string): number {
  const last = segments(directory).at(-1)
  return last === undefined ? 0 : statSync(last).size
}

describe('a spool whose process is killed at any byte', () => {
  it.each(SEEDS)(
    'hands over every entry, in order, and only unacknowledged ones twice (seed %i)',
    async (seed) => {
      const random = createRandom(seed)
      const directory = temporaryDirectory()
      const seen = new Set<number>()
      let acknowledged = 0
      let spool = await openSpool({ directory, maxBytes: 8000 })
      for (let step = 0; step < 120; step += 1) {
        const action = random.below(10)
        if (action < 4) await appendNumbers(spool, random)
        else if (action < 8) {
          const record = await spool.next()
          if (record === undefined) continue
          expect(record.lost).toBe(0)
          for (const number of numbersOf(record)) {
            expect(number).toBeGreaterThanOrEqual(acknowledged)
            seen.add(number)
          }
          if (random.below(3) === 0) continue
          await spool.acknowledge(record)
          acknowledged = record.entries
        } else {
          const count = segments(directory).length
          const before = lastSize(directory)
          await appendNumbers(spool, random)
          await killed(spool, directory)
          // Whatever was confirmed before this append is on disk; the append itself may be torn.
          tear(directory, segments(directory).length > count ? 0 : before, random)
          spool = await openSpool({ directory, maxBytes: 8000 })
        }
        expect(spool.waiting).toBe(Number(spool.notes.get('position') ?? 0) - acknowledged)
      }
      await killed(spool, directory)
      spool = await openSpool({ directory })
      for (let record = await spool.next(); record; record = await spool.next()) {
        for (const number of numbersOf(record)) seen.add(number)
        await spool.acknowledge(record)
      }
      expect([...seen].toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: Number(spool.notes.get('position')) }, (_, index) => index),
      )
      expect(spool.waiting).toBe(0)
      await spool.close()
    },
  )

  it.each(SEEDS)('counts every entry that a flipped bit destroys (seed %i)', async (seed) => {
    const random = createRandom(seed)
    const directory = temporaryDirectory()
    let spool = await openSpool({ directory, maxBytes: 20_000 })
    while (
      (await spool.append({ count: 3, payload: Buffer.alloc(random.below(300), 'x') })) === 'stored'
    );
    const appended = spool.waiting
    await spool.close()

    const victims = segments(directory).slice(0, -1)
    const victim = victims[random.below(victims.length)] ?? ''
    const bytes = readFileSync(victim)
    const offset = random.below(bytes.length)
    bytes.writeUInt8(bytes.readUInt8(offset) ^ (1 << random.below(8)), offset)
    writeFileSync(victim, bytes)

    spool = await openSpool({ directory })
    expect(spool.damagedBytes).toBeGreaterThan(0)
    expect(spool.waiting).toBe(appended)
    let delivered = 0
    let lost = 0
    for (let record = await spool.next(); record; record = await spool.next()) {
      delivered += record.count
      lost += record.lost
    }
    expect(lost).toBe(3)
    expect(delivered + lost).toBe(appended)
    expect(readdirSync(join(directory, 'damaged'))).toHaveLength(1)
    await spool.close()
  })

  it('starts over from what is there when the cursor is damaged', async () => {
    const directory = temporaryDirectory()
    const spool = await openSpool({ directory })
    await spool.append({ count: 2, payload: Buffer.from('ab') })
    const record = await spool.next()
    if (record) await spool.acknowledge(record)
    await spool.close()
    writeFileSync(join(directory, 'cursor'), 'garbage')
    const again = await openSpool({ directory })
    expect(again.waiting).toBe(2)
    expect((await again.next())?.lost).toBe(0)
    await again.close()
  })

  it('never gives the number of an acknowledged record again', async () => {
    const directory = temporaryDirectory()
    const spool = await openSpool({ directory })
    await spool.append({ count: 1, payload: Buffer.from('a') })
    const record = await spool.next()
    if (record) await spool.acknowledge(record)
    await spool.close()
    truncateSync(segments(directory)[0] ?? '', 5)
    const again = await openSpool({ directory })
    await again.append({ count: 1, payload: Buffer.from('b') })
    expect((await again.next())?.payload.toString()).toBe('b')
    expect(again.waiting).toBe(1)
    await again.close()
  })
})
