import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Files, generatedFolders } from './wanted-files.ts'

/** The wanted files that exist, and whatever else lies in the generated folders. */
export async function foundFiles(directory: string, wanted: Files): Promise<Files> {
  const listed = await Promise.all(generatedFolders.map((folder) => listFiles(directory, folder)))
  const paths = [...new Set([...wanted.keys(), ...listed.flat()])].toSorted()
  const files = new Map<string, string>()
  for (const path of paths) {
    const text = await ifExists(readFile(join(directory, path), 'utf8'))
    if (text !== undefined) files.set(path, text)
  }
  return files
}

async function listFiles(directory: string, folder: string): Promise<readonly string[]> {
  const options = { recursive: true, withFileTypes: true } as const
  const entries = (await ifExists(readdir(join(directory, folder), options))) ?? []
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
}

async function ifExists<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
