import { readFile } from 'node:fs/promises'
import type { Slice } from './batch.ts'
import { replaceFile } from './durable-file.ts'
import { ManifestError } from './errors.ts'

/** One live file. Files that no manifest lists are not data. */
export interface LiveFile {
  readonly table: string
  /** Relative to the manifest. */
  readonly path: string
  readonly slice: Slice
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

const VERSION = 1

/** Reads the live files; none where there is no manifest yet. */
export async function readManifest(file: string): Promise<readonly LiveFile[]> {
  const text = await readIfExists(file)
  if (text === undefined) return []
  const document = parseJson(file, text)
  if (!isRecord(document) || document['version'] !== VERSION) {
    throw new ManifestError(file, `have version ${VERSION}`)
  }
  const files = document['files']
  if (!Array.isArray(files)) throw new ManifestError(file, 'have a list "files"')
  return files.map((entry) => parseEntry(file, entry))
}

/** Makes `files` the live ones, at once. */
export async function writeManifest(file: string, files: readonly LiveFile[]): Promise<void> {
  const entries = files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ slice, ...rest }) => ({
      ...rest,
      start_ns: String(slice.window.startNs),
      end_ns: String(slice.window.endNs),
      equals: slice.equals,
    }))
  await replaceFile(file, `${JSON.stringify({ version: VERSION, files: entries }, null, 2)}\n`)
}

async function readIfExists(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ManifestError(file, 'be valid JSON', { cause: error })
  }
}

function parseEntry(file: string, entry: unknown): LiveFile {
  try {
    if (!isRecord(entry)) throw new TypeError('it is no object')
    return {
      table: textOf(entry, 'table'),
      path: textOf(entry, 'path'),
      slice: {
        window: {
          startNs: BigInt(textOf(entry, 'start_ns')),
          endNs: BigInt(textOf(entry, 'end_ns')),
        },
        equals: textsOf(entry['equals']),
      },
      rows: countOf(entry, 'rows'),
      bytes: countOf(entry, 'bytes'),
      sha256: textOf(entry, 'sha256'),
    }
  } catch (error) {
    throw new ManifestError(file, 'describe every file', { cause: error })
  }
}

function textOf(entry: Readonly<Record<string, unknown>>, key: string): string {
  const value = entry[key]
  if (typeof value !== 'string') throw new TypeError(`"${key}" is no text`)
  return value
}

function countOf(entry: Readonly<Record<string, unknown>>, key: string): number {
  const value = entry[key]
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new TypeError(`"${key}" is no count`)
  }
  return value
}

function textsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw new TypeError('"equals" is no object')
  return Object.fromEntries(Object.keys(value).map((key) => [key, textOf(value, key)]))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
