import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { problemKinds } from '../src/index.ts'

describe('the README', () => {
  it('explains every error code, and no other', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
    const explained = [...readme.matchAll(/^\| `(CIRRUS_[A-Z_]+)` \| \d/gm)].map(([, code]) => code)
    const codes = Object.values(problemKinds).map(({ code }) => code)
    expect(explained.toSorted()).toEqual([...new Set(codes)].toSorted())
  })
})
