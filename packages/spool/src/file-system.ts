import * as node from 'node:fs/promises'

/** What the spool needs of a file system; another one is given only to inject faults. */
export type SpoolFileSystem = Pick<
  typeof node,
  'link' | 'mkdir' | 'open' | 'readFile' | 'readdir' | 'rename' | 'rm' | 'writeFile'
>

export const nodeFileSystem: SpoolFileSystem = node

/** Makes creations, renames and removals within a folder survive a power cut. */
export async function syncDirectory(fileSystem: SpoolFileSystem, directory: string): Promise<void> {
  const handle = await fileSystem.open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
