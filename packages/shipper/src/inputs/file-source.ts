import type { LogSource } from '@cirrus/catalog'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type JoinedLines, type PendingParts, joinDockerLines } from './docker-lines.ts'

/** A set of files and how to read their lines. */
export interface FileSource {
  /** The files that are there now. */
  list(): Promise<readonly string[]>
  /** Whether a file of this path would be among them. */
  matches(path: string): boolean
  toLines(texts: readonly (string | undefined)[], pending: PendingParts): JoinedLines
}

/** Files of one service by a path whose last part may hold `*` and `?`. */
export function filesByPattern(service: LogSource, pattern: string): FileSource {
  const directory = dirname(pattern)
  const name = wildcard(basename(pattern))
  return {
    async list() {
      const names = await namesIn(directory)
      return names.filter((file) => name.test(file)).map((file) => join(directory, file))
    },
    matches: (path) => dirname(path) === directory && name.test(basename(path)),
    toLines: (texts, pending) => ({ lines: texts.map((text) => ({ text, service })), pending }),
  }
}

/** Logs of Docker's json-file driver, `<directory>/<id>/<id>-json.log`. */
export function dockerFiles(directory: string): FileSource {
  const pathOf = (id: string): string => join(directory, id, `${id}-json.log`)
  return {
    list: async () => (await namesIn(directory)).map(pathOf),
    matches: (path) => path === pathOf(basename(dirname(path))),
    toLines: joinDockerLines,
  }
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`)
}

/** A folder that is not there yet has no files yet. */
async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
