import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { environment } from './environment.ts'

interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** The command is ended after this long; default 60 s. */
  readonly timeoutMs?: number
  /** Whether it may ask at the terminal. */
  readonly readsTerminal?: boolean
  /** Called with each line of either output as it comes. */
  readonly onLine?: (line: string) => void
  /** Ends the command when aborted. */
  readonly signal?: AbortSignal
}

interface CommandResult {
  /** 127 where the program does not exist. */
  readonly code: number
  readonly stdout: string
  /** At most the last 4,000 characters. */
  readonly stderr: string
}

const MAX_STDERR = 4000

/** Runs a program to its end; a status other than 0 is a result, not an error. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> {
  const { cwd, env, timeoutMs = 60_000, readsTerminal = false, onLine, signal } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? environment,
      // A group of its own, so that its children end with it; a password prompt needs ours.
      detached: !readsTerminal,
      stdio: [readsTerminal ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    })
    const end = (): void => endGroup(child.pid, readsTerminal)
    const timer = setTimeout(end, timeoutMs)
    signal?.addEventListener('abort', end, { once: true })
    let stdout = ''
    let stderr = ''
    createInterface({ input: child.stdout }).on('line', (line) => {
      stdout += `${line}\n`
      onLine?.(line)
    })
    createInterface({ input: child.stderr }).on('line', (line) => {
      stderr = `${stderr}${line}\n`.slice(-MAX_STDERR)
      onLine?.(line)
    })
    const finish = (code: number): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve({ code, stdout, stderr })
    }
    child.once('error', () => finish(127))
    child.once('close', (code) => finish(code ?? 1))
  })
}

function endGroup(pid: number | undefined, isOurGroup: boolean): void {
  if (pid === undefined) return
  try {
    process.kill(isOurGroup ? pid : -pid, 'SIGTERM')
  } catch {
    // Already gone.
  }
}
