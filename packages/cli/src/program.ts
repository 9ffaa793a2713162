import { Command } from 'commander'
import { addDoctor } from './commands/doctor.ts'
import { addExport } from './commands/export.ts'
import { addGenerate } from './commands/generate.ts'
import { addLab } from './commands/lab.ts'
import { addUp } from './commands/up.ts'
import type { Shell } from './shell.ts'

/** The command line of `cirrus`; each command lives in `commands/` and is added here. */
export function createProgram(shell: Shell): Command {
  const program = new Command('cirrus')
    .description('Observability and log pipeline of the Cirrus CDN')
    .showHelpAfterError('(run with --help for usage)')
    // Before the commands, which inherit it: a wrong flag throws, so that `main.ts` chooses the exit code.
    .exitOverride()
    .configureOutput({ writeOut: shell.out, writeErr: shell.err })
  addUp(program, shell)
  addLab(program, shell)
  addDoctor(program, shell)
  addExport(program, shell)
  addGenerate(program, shell)
  return program
}
