import { basename, join } from 'node:path'
import type { SpoolFileSystem } from './file-system.ts'

/** Bytes of a segment that belong to no intact record. */
export interface Damage {
  readonly segment: string
  readonly offset: number
  readonly bytes: Buffer
}

const MAX_FILES = 32

/** Keeps damaged bytes for a person to look at, in at most 32 files. */
export async function setAside(
  fileSystem: SpoolFileSystem,
  directory: string,
  { segment, offset, bytes }: Damage,
): Promise<void> {
  const folder = join(directory, 'damaged')
  await fileSystem.mkdir(folder, { recursive: true })
  if ((await fileSystem.readdir(folder)).length >= MAX_FILES) return
  await fileSystem.writeFile(join(folder, `${basename(segment)}-${offset}`), bytes)
}
