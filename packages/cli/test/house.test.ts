import { execFile } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const workspaces = [
  ...readdirSync(join(root, 'packages')).map((name) => join('packages', name)),
  'dashboards-src',
  'alerts',
].filter((directory) => existsSync(join(root, directory, 'package.json')))

/** Output of a program of node_modules/.bin, with its exit code. */
function runTool(name: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(join(root, 'node_modules/.bin', name), args, { cwd: root }, (error, stdout, stderr) =>
      resolve(error ? `exit ${error.code}\n${stdout}${stderr}` : 'clean'),
    )
  })
}

function sourcesOf(directory: string): readonly string[] {
  return readdirSync(join(root, directory, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(directory, 'src', file))
}

describe('house style', () => {
  it('is formatted', async () => {
    expect(await runTool('oxfmt', '--check')).toBe('clean')
  }, 60_000)

  it('is free of lint', async () => {
    expect(await runTool('oxlint', '--deny-warnings')).toBe('clean')
  }, 60_000)

  it('type-checks tests too', async () => {
    expect(await runTool('tsc', '-p', 'tsconfig.test.json')).toBe('clean')
  }, 180_000)

  it('has no file whose name says nothing', () => {
    const vague = workspaces
      .flatMap(sourcesOf)
      .filter((file) => /\/(utils?|helpers?|common|core|misc|types)(\.ts|\/)/.test(file))
    expect(vague).toEqual([])
  })
})

describe('package README', () => {
  it.each(workspaces)('%s has one of at most 60 lines', (directory) => {
    const lines = readFileSync(join(root, directory, 'README.md'), 'utf8')
      .trimEnd()
      .split('\n')
    expect(lines.length).toBeLessThanOrEqual(60)
  })

  it.each(workspaces)('%s explains exactly its error codes', (directory) => {
    const readme = readFileSync(join(root, directory, 'README.md'), 'utf8')
    const thrown = sourcesOf(directory)
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .flatMap((text) =>
        [...text.matchAll(/\bcode(?: =|:) '(CIRRUS_[A-Z_]+)'/g)].map((match) => match[1]),
      )
    const explained = [...readme.matchAll(/^\| `(CIRRUS_[A-Z_]+)` \|/gm)]
      .map((match) => match[1])
      .filter((code) => sourceMentionsCode(directory, code))
    expect(explained.toSorted()).toEqual([...new Set(thrown)].toSorted())
  })

  it.each(workspaces)('%s explains every setting it declares', (directory) => {
    const readme = readFileSync(join(root, directory, 'README.md'), 'utf8')
    const declared = sourcesOf(directory)
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .flatMap((text) =>
        [...text.matchAll(/env: '(CIRRUS_[A-Z_]+)'/g)].map((match) => match[1] ?? ''),
      )
    expect(declared.filter((name) => !readme.includes(name))).toEqual([])
  })
})

/** Error tables and settings tables look alike; a row is an error where no setting has its name. */
function sourceMentionsCode(directory: string, name: string | undefined): boolean {
  return !sourcesOf(directory).some((file) =>
    readFileSync(join(root, file), 'utf8').match(
      new RegExp(`env: '${name}'|variable: '${name}'|\\['${name}'\\]`),
    ),
  )
}
