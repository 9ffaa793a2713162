#!/usr/bin/env node
import { createInterface } from 'node:readline/promises'
import { fileURLToPath } from 'node:url'
import { CirrusError, describeError } from '@cirrus/errors'
import { CommanderError } from 'commander'
import { createProgram } from './program.ts'
import { type Shell, exitCodes } from './shell.ts'

/** npm passes on a Ctrl-C that the terminal has sent us as well: only a later one is impatience. */
const IMPATIENT_AFTER_MS = 1000
const EXIT_FORCED = 130

const abort = new AbortController()
let abortedAtMs = 0
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (!abort.signal.aborted) abortedAtMs = performance.now()
    else if (performance.now() - abortedAtMs > IMPATIENT_AFTER_MS) process.exit(EXIT_FORCED)
    abort.abort(name)
  })
}

const shell: Shell = {
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  now: () => new Date(),
  exit: (code) => {
    process.exitCode = code
  },
  isInteractive: process.stderr.isTTY && process.stdin.isTTY,
  confirm,
  signal: abort.signal,
}

try {
  const program = await createProgram(shell, process.argv[2])
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  if (error instanceof CirrusError) {
    process.stderr.write(`${error.code}: ${describeError(error)}\n`)
    return exitCodes.usage
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  return exitCodes.bug
}

async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await terminal.question(`${question} [Y/n] `, { signal: abort.signal })
    return /^(y|yes|)$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}
