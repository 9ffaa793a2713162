import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { type FilePosition, fileKey, startOfFile } from './file-position.ts'
import { READ_BYTES } from './input.ts'
import { splitLines } from './split-lines.ts'

export interface TailedLines {
  readonly lines: readonly (string | undefined)[]
  /** How many bytes were done with. */
  readonly bytes: number
  readonly isMore: boolean
}

const NOTHING: TailedLines = { lines: [], bytes: 0, isMore: false }
const HEAD_BYTES = 256

/** Reads an open file as it grows, whatever it is called meanwhile. */
export class FileTail {
  #position: FilePosition
  readonly #file: FileHandle
  /** Size of the file when it was last read up to its end. */
  #exhaustedAt: number | undefined

  private constructor(file: FileHandle, position: FilePosition) {
    this.#file = file
    this.#position = position
  }

  /** Opens a file at a position; `undefined` when the path now leads to another file. */
  static async open(
    key: string,
    path: string,
    position: FilePosition,
  ): Promise<FileTail | undefined> {
    const file = await open(path, 'r')
    if (fileKey(await file.stat()) === key) return new FileTail(file, position)
    await file.close()
    return undefined
  }

  get position(): FilePosition {
    return this.#position
  }

  /** Keeps beginnings of unfinished lines with the position. */
  keepPending(pending: FilePosition['pending']): void {
    this.#position = { ...this.#position, pending }
  }

  /** The next complete lines. */
  async read(): Promise<TailedLines> {
    const { size } = await this.#file.stat()
    if (size === this.#exhaustedAt) return NOTHING
    if (!(await this.#isSameFile(size))) this.#position = startOfFile(this.#position.path)
    const { offset, isSkipping } = this.#position
    const bytes = await this.#readAt(offset, Math.min(READ_BYTES, size - offset))
    const split = splitLines(bytes, isSkipping)
    await this.#moveTo(offset + split.consumed, split.isSkipping)
    const isMore = offset + bytes.length < size
    this.#exhaustedAt = isMore ? undefined : size
    return { lines: split.lines, bytes: split.consumed, isMore }
  }

  /** The last line of a file that nobody writes to any more, if it lacks its newline. */
  async readRest(): Promise<TailedLines> {
    const { offset, isSkipping } = this.#position
    const { size } = await this.#file.stat()
    const bytes = await this.#readAt(offset, Math.min(READ_BYTES, Math.max(0, size - offset)))
    await this.#moveTo(offset + bytes.length, false)
    if (bytes.length === 0 || isSkipping) return NOTHING
    const { lines } = splitLines(Buffer.concat([bytes, Buffer.from('\n')]), false)
    return { lines, bytes: bytes.length, isMore: false }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  async #isSameFile(size: number): Promise<boolean> {
    const { offset, head } = this.#position
    return size >= offset && crc32(await this.#readAt(0, head.bytes)) === head.crc
  }

  async #moveTo(offset: number, isSkipping: boolean): Promise<void> {
    const headBytes = Math.min(offset, HEAD_BYTES)
    const { head } = this.#position
    if (offset === this.#position.offset) return
    this.#position = {
      ...this.#position,
      offset,
      isSkipping,
      head:
        head.bytes === headBytes
          ? head
          : { bytes: headBytes, crc: crc32(await this.#readAt(0, headBytes)) },
    }
  }

  async #readAt(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await this.#file.read(buffer, 0, length, offset)
    return buffer.subarray(0, bytesRead)
  }
}
