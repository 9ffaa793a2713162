import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { environment } from './environment.ts'
import { InstallError } from './errors.ts'
import { findServer } from './find-server.ts'
import { lokiBuildFlags, lokiCachePath, lokiModuleDirectory } from './loki-cache.ts'
import { type HeldLock, holdLock } from './pid-lock.ts'
import { runCommand } from './run-command.ts'

/** How far a build is. */
export interface BuildProgress {
  readonly phase: 'waiting' | 'downloading' | 'compiling'
  /** Modules downloaded, or packages compiled. */
  readonly done: number
  /** Packages to compile; 0 while that is not known. */
  readonly total: number
  readonly elapsedMs: number
}

interface BuildOptions {
  readonly onProgress?: (progress: BuildProgress) => void
  /** Ends the build when aborted; what was compiled stays in Go's cache. */
  readonly signal?: AbortSignal
}

interface Build {
  readonly options: BuildOptions
  readonly report: (progress: Omit<BuildProgress, 'elapsedMs'>) => void
}

const PACKAGE = 'github.com/grafana/loki/v3/cmd/loki'
const BUILD_TIMEOUT_MS = 60 * 60_000

const goEnvironment: Readonly<Record<string, string | undefined>> = {
  ...environment,
  PATH: [environment['PATH'], '/usr/local/go/bin'].join(delimiter),
  CGO_ENABLED: '0',
  // The toolchain is whatever is installed: nothing is fetched behind the user's back.
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
  GOFLAGS: '',
}

/** Why Loki cannot be built here; `undefined` when it can. */
export async function whyNoGo(): Promise<string | undefined> {
  const wanted = await wantedGoVersion()
  const { code, stdout } = await runCommand('go', ['env', 'GOVERSION'], {
    env: goEnvironment,
    cwd: '/',
  })
  if (code !== 0) return `Go ${wanted} or newer is not on PATH`
  const current = stdout.trim().replace(/^go/, '')
  return isOlder(current, wanted) ? `Go is ${current} and must be ${wanted} or newer` : undefined
}

/**
 * Builds Loki into the per-user cache, unless it is there; two builds never run at once.
 *
 * @returns the path of the program
 * @throws {InstallError} with the end of Go's output
 */
export async function buildLoki(options: BuildOptions = {}): Promise<string> {
  const path = await lokiCachePath()
  await mkdir(dirname(path), { recursive: true })
  const startMs = performance.now()
  const report: Build['report'] = (progress) =>
    options.onProgress?.({ ...progress, elapsedMs: performance.now() - startMs })
  const lock = await waitForLock(`${path}.lock`, { options, report })
  try {
    const found = await findServer('loki')
    return found?.path ?? (await compile(path, { options, report }))
  } finally {
    await lock.release()
  }
}

async function waitForLock(path: string, build: Build): Promise<HeldLock> {
  for (;;) {
    build.options.signal?.throwIfAborted()
    const lock = await holdLock(path)
    if (lock.isHeld) return lock
    build.report({ phase: 'waiting', done: 0, total: 0 })
    await delay(1000, undefined, { signal: build.options.signal })
  }
}

async function compile(path: string, build: Build): Promise<string> {
  const total = await download(build)
  const unfinished = `${path}.${process.pid}.unfinished`
  let done = 0
  build.report({ phase: 'compiling', done, total })
  try {
    await runGo(['build', '-v', ...lokiBuildFlags, '-o', unfinished, PACKAGE], build, (line) => {
      if (isPackagePath(line)) done += 1
      build.report({ phase: 'compiling', done: Math.min(done, total), total })
    })
    // A rename is atomic: nobody ever finds half a program.
    await rename(unfinished, path)
  } finally {
    await rm(unfinished, { force: true })
  }
  return path
}

/** Fetches the modules; returns how many packages are not in Go's build cache. */
async function download(build: Build): Promise<number> {
  let done = 0
  build.report({ phase: 'downloading', done, total: 0 })
  const format = '{{if .Stale}}{{.ImportPath}}{{end}}'
  const args = ['list', '-deps', '-f', format, ...lokiBuildFlags, PACKAGE]
  const listed = await runGo(args, build, (line) => {
    if (line.startsWith('go: downloading ')) done += 1
    build.report({ phase: 'downloading', done, total: 0 })
  })
  return listed.split('\n').filter(isPackagePath).length
}

async function runGo(
  args: readonly string[],
  { options }: Build,
  onLine: (line: string) => void,
): Promise<string> {
  const { signal } = options
  const { code, stdout, stderr } = await runCommand('nice', ['-n', '10', 'go', ...args], {
    cwd: lokiModuleDirectory,
    env: goEnvironment,
    timeoutMs: BUILD_TIMEOUT_MS,
    onLine,
    ...(signal && { signal }),
  })
  signal?.throwIfAborted()
  if (code === 0) return stdout
  const command = `cd ${lokiModuleDirectory} && go ${args.join(' ')}`
  throw new InstallError('loki', `go ended with ${code}\n${stderr.trim()}`, command)
}

async function wantedGoVersion(): Promise<string> {
  const goMod = await readFile(join(lokiModuleDirectory, 'go.mod'), 'utf8')
  return /^go ([\d.]+)$/m.exec(goMod)?.[1] ?? '1.26'
}

function isOlder(current: string, wanted: string): boolean {
  return current.localeCompare(wanted, 'en', { numeric: true }) < 0
}

function isPackagePath(line: string): boolean {
  return /^[\w.~-]+(\/[\w.~-]+)*$/.test(line)
}
