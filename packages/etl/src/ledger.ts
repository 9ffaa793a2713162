import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { LedgerError } from './errors.ts'
import { isRecord } from './is-record.ts'

/** What became of one window. */
export interface LedgerRecord {
  /** When it was written, RFC 3339. */
  readonly at: string
  readonly tenant: string
  /** LogQL of the lines. */
  readonly selector: string
  readonly start: string
  readonly end: string
  readonly state: 'complete' | 'incomplete'
  /** Lines read, which is what Loki counted. */
  readonly lines: number
  /** Lines that are no access log lines and so not in the table. */
  readonly unreadable: number
  /** Of the stored rows. */
  readonly sha256?: string
  readonly requests: number
  /** Why it is incomplete. */
  readonly reason?: string
}

/**
 * An append-only file of what was exported: one JSON object a line, with a checksum.
 *
 * A torn last line is what a crash leaves, and is cut off; damage anywhere else is an error.
 */
export class Ledger {
  readonly #file: FileHandle

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** @throws {LedgerError} when a line before the last is damaged */
  static async open(path: string): Promise<Ledger> {
    const file = await open(path, 'a+')
    try {
      const text = await file.readFile('utf8')
      await file.truncate(Buffer.byteLength(intactPart(path, text)))
      return new Ledger(file)
    } catch (error) {
      await file.close()
      throw error
    }
  }

  async append(record: LedgerRecord): Promise<void> {
    await this.#file.appendFile(`${JSON.stringify({ record, crc32: checksum(record) })}\n`)
    await this.#file.sync()
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

function intactPart(path: string, text: string): string {
  const lines = text.split('\n')
  const bad = lines.findIndex((line) => line !== '' && !isIntact(line))
  if (bad === -1) return text
  if (lines.slice(bad + 1).some((line) => line !== '')) throw new LedgerError(path, bad + 1)
  return lines
    .slice(0, bad)
    .map((line) => `${line}\n`)
    .join('')
}

function isIntact(line: string): boolean {
  try {
    const entry: unknown = JSON.parse(line)
    return isRecord(entry) && entry['crc32'] === checksum(entry['record'])
  } catch {
    return false
  }
}

function checksum(record: unknown): string {
  return crc32(JSON.stringify(record) ?? '')
    .toString(16)
    .padStart(8, '0')
}
