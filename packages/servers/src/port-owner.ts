import { readFile, readdir, readlink } from 'node:fs/promises'

/** The process that listens on a TCP port. */
export interface PortOwner {
  /** Absent where the process belongs to another user and may not be looked at. */
  readonly pid?: number
  readonly command: string
}

const LISTEN = '0A'

/** Who listens on a TCP port of this machine, from Linux's /proc; `undefined` when nobody does. */
export async function portOwner(port: number): Promise<PortOwner | undefined> {
  const inodes = await listeningInodes(port)
  if (inodes.size === 0) return undefined
  for (const pid of await processIds()) {
    if (await holdsSocket(pid, inodes)) return { pid, command: await commandOf(pid) }
  }
  return { command: 'a process of another user' }
}

async function listeningInodes(port: number): Promise<ReadonlySet<string>> {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  const inodes = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '')
    for (const row of text.split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = row.trim().split(/\s+/)
      if (local?.endsWith(`:${hexPort}`) && state === LISTEN && inode) inodes.add(inode)
    }
  }
  return inodes
}

async function processIds(): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => [])
  return names.filter((name) => /^\d+$/.test(name)).map(Number)
}

async function holdsSocket(pid: number, inodes: ReadonlySet<string>): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => [])
  for (const descriptor of descriptors) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
    if (inode !== undefined && inodes.has(inode)) return true
  }
  return false
}

async function commandOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return text.split('\0').join(' ').trim().slice(0, 120) || 'unknown'
}
