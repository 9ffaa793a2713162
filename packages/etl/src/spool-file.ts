import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parseAccessLine } from './access-line.ts'
import type { LogEntry } from './loki-response.ts'

/** Rows of one window, collected on disk until all are there. */
export class SpoolFile {
  readonly path: string
  readonly #tenant: string
  readonly #file: FileHandle
  #rows = 0
  #unreadable = 0

  private constructor(path: string, tenant: string, file: FileHandle) {
    this.path = path
    this.#tenant = tenant
    this.#file = file
  }

  /** Starts an empty file, whatever was there before. */
  static async create(path: string, tenant: string): Promise<SpoolFile> {
    await mkdir(dirname(path), { recursive: true })
    return new SpoolFile(path, tenant, await open(path, 'w'))
  }

  /** Lines that are rows now. */
  get rows(): number {
    return this.#rows
  }

  /** Lines that are no access log lines. */
  get unreadable(): number {
    return this.#unreadable
  }

  async append(entries: readonly LogEntry[]): Promise<void> {
    let text = ''
    for (const { stampNs, line } of entries) {
      const row = parseAccessLine(line)
      if (row === undefined) {
        this.#unreadable += 1
      } else {
        this.#rows += 1
        text += `${JSON.stringify({ stamp_ns: stampNs, tenant: this.#tenant, ...row })}\n`
      }
    }
    await this.#file.appendFile(text)
  }

  async remove(): Promise<void> {
    await this.#file.close()
    await rm(this.path, { force: true })
  }
}
