import * as node from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { SpoolFailedError, type SpoolFileSystem, openSpool } from '../src/index.ts'
import { temporaryDirectory } from './temporary-directory.ts'

/** The real file system, whose segments fail where the test says so. */
function faultyFileSystem(fault: { code: string | undefined }): SpoolFileSystem {
  return {
    ...node,
    async open(path, flags, mode) {
      const file = await node.open(path, flags, mode)
      if (flags !== 'w') return file
      const datasync = file.datasync.bind(file)
      file.datasync = async () => {
        if (fault.code !== undefined) throw Object.assign(new Error(fault.code), fault)
        await datasync()
      }
      return file
    },
  }
}

const batch = { count: 1, payload: Buffer.from('a'), notes: new Map([['position', '1']]) }

describe('a spool on a faulty disk', () => {
  it('counts as full while the disk is full, and goes on when there is room', async () => {
    const fault: { code: string | undefined } = { code: undefined }
    const directory = temporaryDirectory()
    const spool = await openSpool({ directory, fileSystem: faultyFileSystem(fault) })
    fault.code = 'ENOSPC'
    expect(await spool.append(batch)).toBe('full')
    expect(spool.notes.size).toBe(0)
    fault.code = undefined
    expect(await spool.append(batch)).toBe('stored')
    expect(spool.waiting).toBe(1)
    await spool.close()

    const again = await openSpool({ directory })
    expect(again.waiting).toBe(1)
    expect((await again.next())?.lost).toBe(0)
    await again.close()
  })

  it('confirms nothing more after a failed sync', async () => {
    const fault: { code: string | undefined } = { code: undefined }
    const directory = temporaryDirectory()
    const spool = await openSpool({ directory, fileSystem: faultyFileSystem(fault) })
    await spool.append(batch)
    fault.code = 'EIO'
    await expect(spool.append(batch)).rejects.toThrow(SpoolFailedError)
    fault.code = undefined
    await expect(spool.append(batch)).rejects.toThrow('check the disk')
    await spool.close()
  })
})
