import { join } from 'node:path'
import type { SpoolFileSystem } from './file-system.ts'

/** One file of records. */
export interface Segment {
  readonly path: string
  /** The last record in it; its name tells the first. */
  readonly lastSequence: number
  /** Bytes that are safely on disk. */
  readonly bytes: number
}

const SUFFIX = '.segment'
const DIGITS = 16

export function segmentPath(directory: string, firstSequence: number): string {
  return join(directory, String(firstSequence).padStart(DIGITS, '0') + SUFFIX)
}

/** Paths of the segments in a folder, oldest first. */
export async function listSegments(
  fileSystem: SpoolFileSystem,
  directory: string,
): Promise<readonly string[]> {
  const names = await fileSystem.readdir(directory)
  const segments = names.filter((name) => name.endsWith(SUFFIX))
  return segments.toSorted().map((name) => join(directory, name))
}
