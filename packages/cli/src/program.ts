import { Command } from 'commander'
import type { Shell } from './shell.ts'

type AddCommand = (program: Command, shell: Shell) => void

/** Every command, in the order that help shows them; a command is only loaded when it is wanted. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  up: async () => (await import('./commands/up.ts')).addUp,
  lab: async () => (await import('./commands/lab.ts')).addLab,
  doctor: async () => (await import('./commands/doctor.ts')).addDoctor,
  export: async () => (await import('./commands/export.ts')).addExport,
  check: async () => (await import('./commands/check.ts')).addCheck,
  generate: async () => (await import('./commands/generate.ts')).addGenerate,
}

/**
 * The command line of `cirrus`; each command lives in `commands/` and is added here.
 *
 * @param only the one command that will run; all of them where it is not given or not known
 */
export async function createProgram(shell: Shell, only?: string): Promise<Command> {
  const program = new Command('cirrus')
    .description('Observability and log pipeline of the Cirrus CDN')
    .showHelpAfterError('(run with --help for usage)')
    // Before the commands, which inherit it: a wrong flag throws, so that `main.ts` chooses the exit code.
    .exitOverride()
    .configureOutput({ writeOut: shell.out, writeErr: shell.err })
  const wanted = Object.entries(commands).filter(([name]) => name === only)
  const loaders = wanted.length > 0 ? wanted : Object.entries(commands)
  for (const [, load] of loaders) (await load())(program, shell)
  return program
}
