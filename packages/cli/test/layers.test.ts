import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The house from the ground up; DESIGN and .github/ARCHITECTURE.md say why. */
const levels: Readonly<Record<string, number>> = {
  catalog: 0,
  errors: 0,
  config: 1,
  queries: 1,
  metrics: 1,
  logging: 1,
  servers: 1,
  rules: 2,
  'dashboards-src': 2,
  alerts: 2,
  checks: 2,
  store: 2,
  spool: 2,
  warehouse: 2,
  api: 3,
  worker: 3,
  shipper: 3,
  etl: 3,
  lab: 4,
  cli: 5,
}

/** Equal levels that may meet, `from → to`. */
const sameLevel = new Set(['alerts → rules', 'alerts → dashboards-src'])

const pure = new Set([
  'catalog',
  'errors',
  'queries',
  'rules',
  'dashboards-src',
  'alerts',
  'checks',
])

interface Source {
  readonly file: string
  readonly owner: string
  readonly isTest: boolean
  readonly text: string
  readonly imports: readonly string[]
}

const packages = Object.keys(levels).map((name) => ({ name, directory: directoryOf(name) }))
const sources = packages.flatMap(({ name, directory }) => readSources(name, directory))
const production = sources.filter((source) => !source.isTest)

function directoryOf(name: string): string {
  const nested = join(root, 'packages', name)
  return existsSync(nested) ? nested : join(root, name)
}

function readSources(owner: string, directory: string): Source[] {
  return ['src', 'test', 'bench']
    .map((folder) => join(directory, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .map((file) => toSource(owner, file))
}

function toSource(owner: string, file: string): Source {
  const text = readFileSync(file, 'utf8')
  const imports = [
    ...text.matchAll(/^(?:import|export)\b[^'"`]*?from '([^']+)'|import\('([^']+)'\)/gm),
  ].map((match) => match[1] ?? match[2] ?? '')
  const isTest = /\.test\.ts$|\/(test|bench)\//.test(file)
  return { file: relative(root, file), owner, isTest, text, imports }
}

/** The text without comments and the contents of plain string literals. */
function codeOf(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
}

function packageOf(specifier: string): string {
  const [scope, name] = specifier.split('/')
  return specifier.startsWith('@') ? `${scope}/${name}` : (scope ?? '')
}

function manifest(directory: string): { dependencies?: object; devDependencies?: object } {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
}

const isBare = (specifier: string): boolean => !/^(\.|node:)/.test(specifier)

describe('layers', () => {
  it('has a level for every workspace', () => {
    const onDisk = readdirSync(join(root, 'packages')).filter((name) =>
      existsSync(join(root, 'packages', name, 'package.json')),
    )
    expect(onDisk.filter((name) => levels[name] === undefined)).toEqual([])
  })

  it('imports only downwards', () => {
    const upward = sources.flatMap(({ file, owner, isTest, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('@cirrus/'))
        .map((specifier) => specifier.split('/')[1] ?? '')
        .filter((target) => target !== owner && !isAllowed(owner, target, isTest))
        .map((target) => `${file} imports ${target}`),
    )
    expect(upward).toEqual([])
  })

  it('imports only what package.json declares', () => {
    const shared = new Set(['vitest', 'vite', 'typescript', 'playwright-core', '@cirrus/source'])
    const undeclared = sources.flatMap(({ file, owner, isTest, imports }) => {
      const { dependencies = {}, devDependencies = {} } = manifest(directoryOf(owner))
      const declared = new Set([
        ...Object.keys(dependencies),
        ...(isTest ? Object.keys(devDependencies) : []),
      ])
      return imports
        .filter(isBare)
        .map(packageOf)
        .filter((name) => !declared.has(name) && !(isTest && shared.has(name)))
        .map((name) => `${file} imports ${name}`)
    })
    expect(undeclared).toEqual([])
  })

  it('declares only what it imports', () => {
    const unused = packages.flatMap(({ name, directory }) => {
      const used = new Set(
        sources
          .filter(({ owner }) => owner === name)
          .flatMap(({ imports }) => imports.map(packageOf)),
      )
      return Object.keys(manifest(directory).dependencies ?? {})
        .filter((dependency) => !used.has(dependency))
        .map((dependency) => `${name} declares ${dependency}`)
    })
    expect(unused).toEqual([])
  })

  it('references the tsconfig of every workspace it depends on, and no other', () => {
    for (const { name, directory } of packages) {
      const { references = [] }: { references?: { path: string }[] } = JSON.parse(
        readFileSync(join(directory, 'tsconfig.json'), 'utf8'),
      )
      const referenced = references.map(({ path }) => basename(resolve(directory, path)))
      const used = Object.keys(manifest(directory).dependencies ?? {})
        .filter((dependency) => dependency.startsWith('@cirrus/'))
        .map((dependency) => dependency.slice('@cirrus/'.length))
      expect([name, referenced.toSorted()]).toEqual([name, used.toSorted()])
    }
  })

  it('reaches into no other package by path', () => {
    const reaching = sources.flatMap(({ file, owner, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolve(root, dirname(file), specifier))
        .filter((target) => !target.startsWith(directoryOf(owner) + '/'))
        .map((target) => `${file} imports ${relative(root, target)}`),
    )
    expect(reaching).toEqual([])
  })
})

describe('purity', () => {
  it('keeps input, output, clock and chance out of pure packages', () => {
    const impure = production
      .filter(({ owner }) => pure.has(owner))
      .filter(
        ({ text, imports }) =>
          imports.some((specifier) => specifier.startsWith('node:')) ||
          /\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(/.test(codeOf(text)),
      )
    expect(impure.map(({ file }) => file)).toEqual([])
  })

  it('reads environment and arguments, and exits, only in main.ts', () => {
    const shells = /\/main\.ts$|packages\/servers\/src\/environment\.ts$/
    const reading = production
      .filter(({ file }) => !shells.test(file))
      .filter(({ text }) => /\bprocess\.(env|argv|exit\b)|\bconsole\./.test(codeOf(text)))
    expect(reading.map(({ file }) => file)).toEqual([])
  })
})

function isAllowed(owner: string, target: string, isTest: boolean): boolean {
  const from = levels[owner] ?? 0
  const to = levels[target] ?? Number.POSITIVE_INFINITY
  return to < from || sameLevel.has(`${owner} → ${target}`) || (isTest && target === 'servers')
}
