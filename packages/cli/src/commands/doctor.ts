import { neededServers } from '@cirrus/lab'
import { type InstallPlan, type ServerName, planInstall, serverVersion } from '@cirrus/servers'
import type { Command } from 'commander'
import { type Shell, exitCodes } from '../shell.ts'
import { buildLokiNow, installPackages } from '../up/install-servers.ts'

interface Options {
  readonly install: boolean
  readonly yes: boolean
}

/** What `npm test` checks generated files with, besides the servers themselves. */
const tools: readonly ServerName[] = ['promtool', 'amtool']

/** `cirrus doctor`: which servers are on this machine, and how to get the others. */
export function addDoctor(program: Command, shell: Shell): void {
  program
    .command('doctor')
    .description('Show which servers are on this machine, and install the others')
    .option('--install', 'install or build what is missing', false)
    .option('--yes', 'do not ask before installing', false)
    .action((options: Options) => runDoctor(shell, options))
}

async function runDoctor(shell: Shell, { install, yes }: Options): Promise<void> {
  const names = [...neededServers, ...tools]
  let plan = await planInstall(names)
  if (install && plan.missing.length > 0) {
    await installPackages(plan, shell, { yes })
    if (plan.missing.some(({ remedy }) => remedy === 'go-build')) await buildLokiNow(shell)
    plan = await planInstall(names)
  }
  shell.out(await renderPlan(plan))
  shell.exit(plan.missing.length === 0 ? exitCodes.ok : exitCodes.usage)
}

async function renderPlan({ found, missing }: InstallPlan): Promise<string> {
  const versions = await Promise.all(found.map(serverVersion))
  const rows = [
    ...found.map(({ name, path, source }, index) => {
      const from = source === 'path' ? path : `${path} (${source})`
      return `✓ ${name.padEnd(13)} ${(versions[index] ?? '').padEnd(12)} ${from}`
    }),
    ...missing.map(({ name, purpose, how }) => `✗ ${name.padEnd(13)} ${purpose}: ${how}`),
  ]
  const hint = missing.some(({ remedy }) => remedy !== 'by-hand')
    ? ['', 'To get what is missing: npx cirrus doctor --install']
    : []
  return `${[...rows, ...hint].join('\n')}\n`
}
