import type { LogSource } from '@cirrus/catalog'
import type { Readable } from 'node:stream'
import { type Input, type RawLine, READ_BYTES, type Reading } from './input.ts'
import { splitLines } from './split-lines.ts'

export interface StreamInputOptions {
  readonly service: LogSource
  readonly stream: Readable
  /** Called when there may be something to read. */
  readonly onReadable: () => void
}

/**
 * Reads lines from a pipe. Nothing is taken from the pipe while nobody calls `read`, so its writer
 * waits. A pipe cannot be read again: what was taken and not yet stored is lost by `kill -9`.
 */
export class StreamInput implements Input {
  readonly #service: LogSource
  readonly #stream: Readable
  #rest: Buffer = Buffer.alloc(0)
  #isSkipping = false
  #hasEnded = false
  #error: Error | undefined

  constructor({ service, stream, onReadable }: StreamInputOptions) {
    this.#service = service
    this.#stream = stream
    stream.on('readable', onReadable)
    stream.once('error', (error) => {
      this.#error = error
      onReadable()
    })
    stream.once('end', onReadable)
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  async read(): Promise<Reading> {
    const parts = [this.#rest]
    let bytes = 0
    while (bytes < READ_BYTES) {
      const part: unknown = this.#stream.read()
      if (!Buffer.isBuffer(part)) break
      parts.push(part)
      bytes += part.length
    }
    const isMore = bytes >= READ_BYTES
    if (!isMore) this.#finishIfEnded(parts)
    return { lines: this.#split(Buffer.concat(parts)), notes: new Map(), isMore }
  }

  async close(): Promise<void> {
    this.#stream.removeAllListeners('readable')
  }

  /** Ends the last line, and the input, when the writer has closed its end. */
  #finishIfEnded(parts: Buffer[]): void {
    if (this.#hasEnded || !(this.#stream.readableEnded || this.#error)) return
    this.#hasEnded = true
    if (parts.some((part) => part.length > 0)) parts.push(Buffer.from('\n'))
  }

  #split(bytes: Buffer): RawLine[] {
    const split = splitLines(bytes, this.#isSkipping)
    this.#isSkipping = split.isSkipping
    this.#rest = Buffer.from(bytes.subarray(split.consumed))
    return split.lines.map((text) => ({ text, service: this.#service }))
  }
}
