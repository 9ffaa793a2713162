import { join } from 'node:path'
import { SpoolLockedError } from './errors.ts'
import type { SpoolFileSystem } from './file-system.ts'

const MAX_TRIES = 3

/**
 * Takes the right to write to a folder and returns how to give it back.
 *
 * The lock file names its holder, so that the lock of a killed process is free at once.
 * @throws {SpoolLockedError} when a living process holds it
 */
export async function lockForWriting(
  fileSystem: SpoolFileSystem,
  directory: string,
): Promise<() => Promise<void>> {
  const path = join(directory, 'lock')
  for (let tries = 1; ; tries += 1) {
    if (await createLock(fileSystem, path)) return () => fileSystem.rm(path, { force: true })
    const holder = await livingHolder(fileSystem, path)
    if (holder !== undefined || tries === MAX_TRIES) {
      throw new SpoolLockedError(directory, holder ?? 0)
    }
    await fileSystem.rm(path, { force: true })
  }
}

async function createLock(fileSystem: SpoolFileSystem, path: string): Promise<boolean> {
  const own = `${path}.${process.pid}`
  await fileSystem.writeFile(own, `${process.pid} ${await startTime(fileSystem, process.pid)}`)
  try {
    // Linking refuses to replace, and nobody ever sees a lock that does not name its holder.
    await fileSystem.link(own, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await fileSystem.rm(own, { force: true })
  }
}

async function livingHolder(
  fileSystem: SpoolFileSystem,
  path: string,
): Promise<number | undefined> {
  const [pid = '', time] = (await fileSystem.readFile(path, 'utf8').catch(() => '')).split(' ')
  if (pid === '') return undefined
  return (await startTime(fileSystem, Number(pid))) === time ? Number(pid) : undefined
}

/** Tells apart two processes that were given the same pid; empty where there is no such process. */
async function startTime(fileSystem: SpoolFileSystem, pid: number): Promise<string> {
  const status = await fileSystem.readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The command, in brackets, may itself hold spaces and brackets.
  const [state, ...fields] = status.slice(status.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' ? '' : (fields[18] ?? '')
}
