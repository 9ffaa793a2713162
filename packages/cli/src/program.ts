import { Command } from 'commander'
import { addGenerate } from './commands/generate.ts'
import type { Shell } from './shell.ts'

/** The command line of `cirrus`; each command lives in `commands/` and is added here. */
export function createProgram(shell: Shell): Command {
  const program = new Command('cirrus')
    .description('Observability and log pipeline of the Cirrus CDN')
    .showHelpAfterError('(run with --help for usage)')
    .configureOutput({ writeOut: shell.out, writeErr: shell.err })
  addGenerate(program, shell)
  return program
}
