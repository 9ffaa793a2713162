#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { CirrusError, describeError } from '@cirrus/errors'
import { CommanderError } from 'commander'
import { createProgram } from './program.ts'
import { exitCodes } from './shell.ts'

const abort = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => abort.abort(name))

const program = createProgram({
  root: fileURLToPath(new URL('../../..', import.meta.url)),
  env: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  now: () => new Date(),
  exit: (code) => {
    process.exitCode = code
  },
  isInteractive: process.stderr.isTTY && process.stdin.isTTY,
  signal: abort.signal,
})

try {
  await program.exitOverride().parseAsync(process.argv)
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
