import { readFile, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { SourceFile } from '@cirrus/checks'
import { CheckPathError } from './errors.ts'

/** Larger files are neither dashboards nor rules, and reading them would only cost memory. */
const MAX_BYTES = 32 * 1024 * 1024

/**
 * Reads files, and the YAML and JSON files of folders, sorted by path.
 *
 * @param directory what relative paths start from
 * @throws {CheckPathError} naming the first path that cannot be read
 */
export async function findFiles(
  paths: readonly string[],
  directory: string,
): Promise<readonly SourceFile[]> {
  const found = await Promise.all(paths.map((path) => listFiles(path, directory)))
  const files: SourceFile[] = []
  for (const path of [...new Set(found.flat())].toSorted()) {
    files.push({ path, text: await readText(path, directory) })
  }
  return files
}

async function listFiles(path: string, directory: string): Promise<readonly string[]> {
  const { isFolder, bytes } = await look(path, directory)
  if (isFolder) return listFolder(path, directory)
  if (bytes > MAX_BYTES) throw new CheckPathError(path, `it has more than ${MAX_BYTES} bytes`)
  return [path]
}

interface Seen {
  readonly isFolder: boolean
  readonly bytes: number
}

async function look(path: string, directory: string): Promise<Seen> {
  try {
    const stats = await stat(resolve(directory, path))
    return { isFolder: stats.isDirectory(), bytes: stats.size }
  } catch (cause) {
    throw new CheckPathError(path, 'it must be a file or folder that exists', { cause })
  }
}

/** Follows no links between folders, and so never walks in circles. */
async function listFolder(path: string, directory: string): Promise<readonly string[]> {
  const entries = await readdir(resolve(directory, path), { withFileTypes: true })
  const files: string[] = []
  for (const entry of entries.filter(({ name }) => !isIgnored(name))) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) files.push(...(await listFolder(inner, directory)))
    else if (/\.(ya?ml|json)$/i.test(entry.name) && (await isSmallFile(inner, directory))) {
      files.push(inner)
    }
  }
  return files
}

function isIgnored(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || name === 'dist'
}

async function isSmallFile(path: string, directory: string): Promise<boolean> {
  const { isFolder, bytes } = await look(path, directory)
  return !isFolder && bytes <= MAX_BYTES
}

async function readText(path: string, directory: string): Promise<string> {
  try {
    return await readFile(resolve(directory, path), 'utf8')
  } catch (cause) {
    throw new CheckPathError(path, 'it must be readable', { cause })
  }
}
