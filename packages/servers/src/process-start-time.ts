import { readFile } from 'node:fs/promises'

/** When a process started, in clock ticks since boot, as text; `undefined` when there is none. */
export async function processStartTime(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The second field, the command in brackets, may hold spaces and brackets of its own.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ')
  const isZombie = fields?.[0] === 'Z'
  return isZombie ? undefined : fields?.[19]
}
