import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ServerStartError } from './errors.ts'
import { waitUntil } from './wait-until.ts'

export interface ProcessSpec {
  /** Shown in errors. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** The whole environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Standard output and error are appended here. */
  readonly logFile: string
  /** Polled until it returns true; a process without it is ready at once. */
  readonly isReady?: () => Promise<boolean>
  readonly readyTimeoutMs?: number
  /** Asks the process to end; default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals
  /** After this long, SIGKILL follows; default 5 s. */
  readonly stopTimeoutMs?: number
}

export interface ProcessExit {
  readonly code: number | undefined
  readonly signal: NodeJS.Signals | undefined
}

export interface RunningProcess {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  readonly exited: Promise<ProcessExit>
  /** Ends it gently, then by force; resolves when it is gone. */
  stop(): Promise<void>
  /** `kill -9` of the process and its children; resolves when it is gone. */
  kill(): Promise<void>
}

/** Process groups to take down when this process ends without stopping them. */
const alive = new Set<number>()
let watchesExit = false

/**
 * Starts a process in a group of its own (so that Ctrl-C at the terminal reaches only its starter)
 * and waits until it is ready.
 *
 * @throws {ServerStartError} when it cannot be started, ends early or is not ready in time
 */
export async function startProcess(spec: ProcessSpec): Promise<RunningProcess> {
  const child = spawnLogged(spec)
  const exited = exitOf(child)
  const pid = child.pid
  if (pid === undefined) {
    const reason = await spawnFailure(child)
    throw new ServerStartError(spec.name, reason, spec.logFile)
  }
  track(pid, exited)
  const running: RunningProcess = {
    name: spec.name,
    pid,
    logFile: spec.logFile,
    exited,
    stop: () => stop(pid, exited, spec),
    kill: () => endGroup(pid, exited),
  }
  await becomeReady(spec, running)
  return running
}

function spawnLogged(spec: ProcessSpec): ChildProcess {
  mkdirSync(dirname(spec.logFile), { recursive: true })
  const log = openSync(spec.logFile, 'a')
  try {
    return spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['ignore', log, log],
    })
  } finally {
    closeSync(log)
  }
}

function exitOf(child: ChildProcess): Promise<ProcessExit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) =>
      resolve({ code: code ?? undefined, signal: signal ?? undefined }),
    )
    child.once('error', () => resolve({ code: undefined, signal: undefined }))
  })
}

function spawnFailure(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => child.once('error', (error) => resolve(error.message)))
}

async function becomeReady(spec: ProcessSpec, running: RunningProcess): Promise<void> {
  const { isReady, readyTimeoutMs = 20_000 } = spec
  if (!isReady) return
  let ended: ProcessExit | undefined
  void running.exited.then((exit) => (ended = exit))
  try {
    await waitUntil(async () => ended !== undefined || (await isReady()), {
      timeoutMs: readyTimeoutMs,
      what: `${spec.name} to be ready`,
    })
  } catch (error) {
    await running.kill()
    throw new ServerStartError(spec.name, String(error), spec.logFile)
  }
  if (ended) {
    const { code, signal } = ended
    const last = await lastLines(spec.logFile)
    throw new ServerStartError(spec.name, `it ended with ${signal ?? code}\n${last}`, spec.logFile)
  }
}

async function stop(pid: number, exited: Promise<ProcessExit>, spec: ProcessSpec): Promise<void> {
  sendSignal(pid, spec.stopSignal ?? 'SIGTERM')
  const deadline = delay(spec.stopTimeoutMs ?? 5000, 'late' as const, { ref: false })
  await Promise.race([exited, deadline])
  // The rest of the group (nginx workers after a crash of the master) must go as well.
  await endGroup(pid, exited)
}

async function endGroup(pid: number, exited: Promise<ProcessExit>): Promise<void> {
  sendSignal(-pid, 'SIGKILL')
  await exited
}

function sendSignal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Already gone.
  }
}

function track(pid: number, exited: Promise<ProcessExit>): void {
  alive.add(pid)
  void exited.then(() => alive.delete(pid))
  if (watchesExit) return
  watchesExit = true
  process.once('exit', () => {
    for (const group of alive) sendSignal(-group, 'SIGKILL')
  })
}

/** The end of a log, for error messages. */
async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-5).join('\n').slice(-2000)
}
