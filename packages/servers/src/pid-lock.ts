import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { processStartTime } from './process-start-time.ts'

export interface HeldLock {
  readonly isHeld: true
  release(): Promise<void>
}

interface BusyLock {
  readonly isHeld: false
  /** Who has it. */
  readonly pid: number
}

/**
 * Takes the lock if no living process has it.
 *
 * The file names its holder, so that a lock whose holder died is free again.
 */
export async function holdLock(path: string): Promise<HeldLock | BusyLock> {
  for (let tries = 0; tries < 3; tries += 1) {
    if (await create(path)) return { isHeld: true, release: () => rm(path, { force: true }) }
    const pid = await livingHolder(path)
    if (pid !== undefined) return { isHeld: false, pid }
    await rm(path, { force: true })
  }
  throw new Error(`Cannot take or free the lock ${path}`)
}

async function create(path: string): Promise<boolean> {
  const own = `${path}.${process.pid}`
  await writeFile(own, `${process.pid} ${(await processStartTime(process.pid)) ?? ''}\n`)
  // Linking is atomic and refuses to replace, so nobody sees a lock without its holder.
  try {
    await link(own, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(own, { force: true })
  }
}

/** A pid alone may have been given to another process since; its start time tells. */
async function livingHolder(path: string): Promise<number | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const [pid, startTime] = text.trim().split(' ')
  if (pid === undefined || pid === '') return undefined
  return (await processStartTime(Number(pid))) === startTime ? Number(pid) : undefined
}
