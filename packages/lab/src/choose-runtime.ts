import {
  type InstallPlan,
  type ServerName,
  debianCommand,
  debianPackages,
  runCommand,
} from '@cirrus/servers'
import { nativeComponents } from './component-table.ts'
import { RuntimeError } from './errors.ts'

export const runtimeNames = ['native', 'docker'] as const

export type RuntimeName = (typeof runtimeNames)[number]

/** The programs that components need to run natively. */
export const neededServers: readonly ServerName[] = [
  ...new Set(nativeComponents.flatMap(({ server }) => server ?? [])),
]

interface Choice {
  /** What the person asked for. */
  readonly wanted: RuntimeName | undefined
  readonly plan: InstallPlan
  readonly canInstall: () => Promise<boolean>
  readonly hasDocker: () => Promise<boolean>
}

/**
 * Native where every server is there or can be installed, else Docker.
 *
 * @throws {RuntimeError} that lists what to install and how, when neither will do
 */
export async function chooseRuntime(choice: Choice): Promise<RuntimeName> {
  const { wanted, plan, canInstall, hasDocker } = choice
  const packages = debianPackages(plan)
  if (wanted !== 'docker' && (packages.length === 0 || (await canInstall()))) return 'native'
  if (wanted !== 'native' && (await hasDocker())) return 'docker'
  if (wanted === 'docker') {
    throw new RuntimeError(
      'No Docker engine with the compose plugin answers; start it, or leave out --runtime',
    )
  }
  throw new RuntimeError(
    [
      'These servers are not on this machine, and there is neither root nor sudo to install them:',
      ...plan.missing.map(({ name, purpose, how }) => `  ${name} (${purpose}): ${how}`),
      'Run this, then start again:',
      `  ${debianCommand(packages)}`,
    ].join('\n'),
  )
}

/** Whether an engine and its compose plugin answer. */
export async function findDocker(): Promise<boolean> {
  const answers = await Promise.all([
    runCommand('docker', ['info'], { timeoutMs: 5000 }),
    runCommand('docker', ['compose', 'version'], { timeoutMs: 5000 }),
  ])
  return answers.every(({ code }) => code === 0)
}
