import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { FileInput } from '../src/inputs/file-input.ts'
import { dockerFiles, filesByPattern } from '../src/inputs/file-source.ts'
import { MAX_LINE_BYTES } from '../src/inputs/input.ts'
import { temporaryDirectory } from './temporary-directory.ts'

const ROTATED_MS = 1000

/** An input on files that a test writes, and the notes that its spool would keep. */
function openFiles(directory: string): {
  /** What the input finds after the given time; by default at once. */
  read: (afterMs?: number) => Promise<readonly (string | undefined)[]>
  /** What `kill -9` and a new start do. */
  restart: () => void
  notes: ReadonlyMap<string, string>
} {
  const notes = new Map<string, string>()
  let nowMs = 0
  const open = (): FileInput =>
    new FileInput({
      sources: [filesByPattern('edge', join(directory, 'edge-*.log')), dockerFiles(directory)],
      notes,
      clock: () => nowMs,
      pollMs: 0,
      rotatedMs: ROTATED_MS,
      onError: (error) => {
        throw error
      },
    })
  let input = open()
  onTestFinished(() => input.close())
  return {
    notes,
    async read(afterMs = 0) {
      nowMs += afterMs
      const lines: (string | undefined)[] = []
      for (;;) {
        const reading = await input.read()
        lines.push(...reading.lines.map(({ text }) => text))
        for (const [key, value] of reading.notes) {
          if (value === undefined) notes.delete(key)
          else notes.set(key, value)
        }
        if (!reading.isMore) return lines
      }
    },
    restart() {
      void input.close()
      input = open()
    },
  }
}

function dockerLine(log: string): string {
  return `${JSON.stringify({ log, stream: 'stdout', time: '', attrs: { 'cirrus.service': 'api' } })}\n`
}

describe('FileInput', () => {
  it('reads files that match, also those that appear later, and each line once', async () => {
    const directory = temporaryDirectory()
    const { read, restart } = openFiles(directory)
    expect(await read()).toEqual([])
    writeFileSync(join(directory, 'edge-a.log'), 'a1\na2\nunfin')
    writeFileSync(join(directory, 'other.log'), 'x\n')
    expect(await read()).toEqual(['a1', 'a2'])
    appendFileSync(join(directory, 'edge-a.log'), 'ished\n')
    writeFileSync(join(directory, 'edge-b.log'), 'b1\n')
    expect(await read()).toEqual(['unfinished', 'b1'])
    restart()
    expect(await read()).toEqual([])
    appendFileSync(join(directory, 'edge-b.log'), 'b2\n')
    expect(await read()).toEqual(['b2'])
  })

  it('reads a renamed file to its end, whoever still writes to it, then forgets it', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'edge-a.log')
    const { read, notes } = openFiles(directory)
    writeFileSync(path, 'a1\n')
    expect(await read()).toEqual(['a1'])
    appendFileSync(path, 'a2\n')
    renameSync(path, `${path}.1`)
    writeFileSync(path, 'b1\n')
    expect(await read()).toEqual(['a2', 'b1'])
    appendFileSync(`${path}.1`, 'a3\nwithout newline')
    expect(await read(ROTATED_MS)).toEqual(['a3'])
    expect(await read(ROTATED_MS + 1)).toEqual(['without newline'])
    expect(notes.size).toBe(1)
  })

  it('finds a renamed file again however often it starts anew', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'edge-a.log')
    writeFileSync(path, 'one\n')
    const { read, restart } = openFiles(directory)
    expect(await read()).toEqual(['one'])

    renameSync(path, join(directory, 'old.log'))
    const found: unknown[] = []
    for (const line of ['two', 'three', 'four']) {
      appendFileSync(join(directory, 'old.log'), `${line}\n`)
      restart()
      found.push(...(await read()))
    }
    expect(found).toEqual(['two', 'three', 'four'])
  })

  it('finds a file again that was renamed while nobody was reading', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'edge-a.log')
    const { read, restart } = openFiles(directory)
    writeFileSync(path, 'a1\n')
    await read()
    appendFileSync(path, 'a2\n')
    renameSync(path, `${path}.1`)
    writeFileSync(path, 'b1\n')
    restart()
    expect((await read()).toSorted()).toEqual(['a2', 'b1'])
  })

  it('forgets a file that was removed while nobody was reading', async () => {
    const directory = temporaryDirectory()
    const { read, restart, notes } = openFiles(directory)
    writeFileSync(join(directory, 'edge-a.log'), 'a1\n')
    await read()
    rmSync(join(directory, 'edge-a.log'))
    restart()
    await read()
    expect(notes.size).toBe(0)
  })

  it.each([
    ['shorter', 'n\n'],
    ['of the same length', 'new-1\n'],
    ['longer', 'new-1\nnew-2\nnew-3\n'],
  ])('starts over in a file that was truncated and is now %s', async (_, text) => {
    const directory = temporaryDirectory()
    const path = join(directory, 'edge-a.log')
    const { read } = openFiles(directory)
    writeFileSync(path, 'old-1\n')
    await read()
    copyFileSync(path, `${path}.1`)
    truncateSync(path)
    appendFileSync(path, text)
    const seen = await read()
    appendFileSync(path, 'last\n')
    expect([...seen, ...(await read())]).toEqual([...text.trim().split('\n'), 'last'])
  })

  it('marks a line that is too long once, also across a restart', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'edge-a.log')
    const { read, restart } = openFiles(directory)
    writeFileSync(path, Buffer.alloc(5 * MAX_LINE_BYTES, 'x'))
    expect(await read()).toEqual([undefined])
    restart()
    appendFileSync(path, `${'x'.repeat(MAX_LINE_BYTES)}\nshort\n`)
    expect(await read()).toEqual(['short'])
  })

  it('joins lines of Docker across a restart', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, 'c0ffee', 'c0ffee-json.log')
    const { read, restart } = openFiles(directory)
    mkdirSync(join(directory, 'c0ffee'))
    writeFileSync(path, dockerLine('one\n') + dockerLine('tw'))
    expect(await read()).toEqual(['one'])
    restart()
    appendFileSync(path, dockerLine('o\n'))
    expect(await read()).toEqual(['two'])
  })

  it('takes large files by and by and lets others have their turn', async () => {
    const directory = temporaryDirectory()
    const line = `${'x'.repeat(99)}\n`
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      writeFileSync(join(directory, `edge-${name}.log`), line.repeat(30_000))
    }
    const input = new FileInput({
      sources: [filesByPattern('edge', join(directory, 'edge-*.log'))],
      notes: new Map(),
      clock: () => 0,
      pollMs: 0,
      rotatedMs: ROTATED_MS,
      onError: () => undefined,
    })
    const first = await input.read()
    const second = await input.read()
    expect(first.lines.length).toBeLessThan(16_000)
    expect(first.isMore).toBe(true)
    expect(new Set([...first.notes.keys(), ...second.notes.keys()]).size).toBe(5)
    await input.close()
  })
})
