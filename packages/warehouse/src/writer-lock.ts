import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { WarehouseBusyError } from './errors.ts'

/** Keeps a second writer out until `release`; a lock left by a dead process is taken over. */
export async function takeWriterLock(file: string): Promise<{ release(): Promise<void> }> {
  if (!(await createLock(file))) {
    const owner = Number(await readFile(file, 'utf8'))
    if (isAlive(owner)) throw new WarehouseBusyError(file, owner)
    await rm(file, { force: true })
    if (!(await createLock(file))) throw new WarehouseBusyError(file, owner)
  }
  return { release: () => rm(file, { force: true }) }
}

/** Links a finished file into place, so that nobody ever reads a lock without its owner. */
async function createLock(file: string): Promise<boolean> {
  const own = `${file}.${process.pid}`
  await writeFile(own, String(process.pid))
  try {
    await link(own, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(own, { force: true })
  }
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false
  try {
    // Signal 0 delivers nothing; it only asks whether the process is there.
    return process.kill(processId, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
