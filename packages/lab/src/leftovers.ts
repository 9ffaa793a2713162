import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { processStartTime, waitUntil } from '@cirrus/servers'

const STOP_TIMEOUT_MS = 5000

/** Notes of which processes run, so that a lab that was killed can be cleaned up after. */
export interface RunFiles {
  note(name: string, pid: number | undefined): Promise<void>
}

export function createRunFiles(directory: string): RunFiles {
  return {
    async note(name, pid) {
      const file = join(directory, `${name}.pid`)
      if (pid === undefined) return rm(file, { force: true })
      await writeFile(file, `${pid} ${(await processStartTime(pid)) ?? ''}\n`)
    },
  }
}

/** Ends what an earlier lab in this folder left behind; returns the names of it. */
export async function endLeftovers(directory: string): Promise<readonly string[]> {
  await mkdir(directory, { recursive: true })
  const files = (await readdir(directory)).filter((name) => name.endsWith('.pid'))
  const ended = await Promise.all(files.map((file) => endLeftover(join(directory, file))))
  return files.filter((_, index) => ended[index]).map((file) => file.replace(/\.pid$/, ''))
}

async function endLeftover(file: string): Promise<boolean> {
  const [pid, startTime] = (await readFile(file, 'utf8')).trim().split(' ')
  await rm(file, { force: true })
  const isAlive = async (): Promise<boolean> => {
    const current = await processStartTime(Number(pid))
    return current !== undefined && current === startTime
  }
  if (!(await isAlive())) return false
  const isGone = async (): Promise<boolean> => !(await isAlive())
  signalGroup(Number(pid), 'SIGTERM')
  await waitUntil(isGone, { timeoutMs: STOP_TIMEOUT_MS }).catch(() => false)
  signalGroup(Number(pid), 'SIGKILL')
  await waitUntil(isGone, { timeoutMs: STOP_TIMEOUT_MS, what: `process ${pid} to end` })
  return true
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // Gone meanwhile.
  }
}
