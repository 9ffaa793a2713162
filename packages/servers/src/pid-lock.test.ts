import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdLock } from './pid-lock.ts'

describe('holdLock', () => {
  let directory = ''
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cirrus-lock-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  it('names the living holder to whoever comes second', async () => {
    const path = join(directory, 'lock')
    const first = await holdLock(path)
    expect(await holdLock(path)).toEqual({ isHeld: false, pid: process.pid })
    if (first.isHeld) await first.release()
    expect((await holdLock(path)).isHeld).toBe(true)
  })

  it('takes over from a holder whose pid now belongs to another process', async () => {
    const path = join(directory, 'lock')
    await writeFile(path, `${process.pid} 12345\n`)
    expect((await holdLock(path)).isHeld).toBe(true)
  })
})
