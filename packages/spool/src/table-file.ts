import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { type SpoolFileSystem, syncDirectory } from './file-system.ts'
import { type Notes, decodeNotes, encodeNotes } from './notes.ts'

/** A position in the spool and the facts that hold there. */
export interface Table {
  /** The last record it covers; 0 for none. */
  readonly sequence: number
  /** How many entries were appended up to and with that record. */
  readonly entries: number
  readonly notes: Notes
}

export interface TableFile {
  /** The last table written; `undefined` where there is none or its bytes are damaged. */
  load(): Promise<Table | undefined>
  /** Replaces the table: after a crash either the old or the new one is there. */
  save(table: Table): Promise<void>
}

export function createTableFile(
  fileSystem: SpoolFileSystem,
  directory: string,
  name: string,
): TableFile {
  const path = join(directory, name)
  return {
    async load() {
      const text = await fileSystem.readFile(path, 'utf8').catch(() => '')
      return decodeTable(text)
    },
    async save(table) {
      const next = `${path}.next`
      await fileSystem.writeFile(next, encodeTable(table), { flush: true })
      await fileSystem.rename(next, path)
      await syncDirectory(fileSystem, directory)
    },
  }
}

function encodeTable({ sequence, entries, notes }: Table): string {
  const body = `${sequence} ${entries} ${encodeNotes(notes)}`
  return `${crc32(body)} ${body}\n`
}

function decodeTable(text: string): Table | undefined {
  const [, sum, body = ''] = /^(\d+) (.*)\n$/s.exec(text) ?? []
  const [, sequence, entries, notes] = /^(\d+) (\d+) (.*)$/s.exec(body) ?? []
  if (notes === undefined || Number(sum) !== crc32(body)) return undefined
  return { sequence: Number(sequence), entries: Number(entries), notes: decodeNotes(notes) }
}
