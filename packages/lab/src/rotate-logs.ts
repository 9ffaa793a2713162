import { copyFile, rename, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogKeeping, Running } from './component.ts'

/** A log that has grown to this size is set aside. */
const MAX_BYTES = 64 * 1024 * 1024
const KEPT = 2

/** A component whose logs are looked at. */
export interface LogOwner {
  readonly logs: LogKeeping
  readonly directory: string
  readonly running: () => Running | undefined
  readonly restart: () => Promise<void>
}

/**
 * Sets aside logs that have grown too large, keeping two older ones.
 *
 * Lines that the shipper reads are only ever renamed: it reads the old file to its end. A process
 * that cannot reopen its output is started again; logs that nobody ships are copied and emptied.
 */
export async function rotateLogs(owners: readonly LogOwner[], maxBytes = MAX_BYTES): Promise<void> {
  for (const owner of owners) {
    for (const name of owner.logs.files) {
      const file = join(owner.directory, name)
      if (await isLarge(file, maxBytes)) await rotate(file, owner)
    }
  }
}

async function rotate(file: string, { logs, running, restart }: LogOwner): Promise<void> {
  for (let number = KEPT - 1; number > 0; number -= 1) {
    await rename(`${file}.${number}`, `${file}.${number + 1}`).catch(() => undefined)
  }
  if (logs.keeping === 'truncate') {
    await copyFile(file, `${file}.1`)
    await truncate(file)
    return
  }
  await rename(file, `${file}.1`)
  if (logs.keeping === 'reopen') running()?.reopenLogs?.()
  else await restart()
}

async function isLarge(file: string, maxBytes: number): Promise<boolean> {
  return stat(file).then(
    ({ size }) => size >= maxBytes,
    () => false,
  )
}
