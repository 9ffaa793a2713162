import {
  type InstallPlan,
  buildLoki,
  debianCommand,
  debianPackages,
  installDebian,
  rootAccess,
} from '@cirrus/servers'
import { RuntimeError, describeBuild } from '@cirrus/lab'
import type { Shell } from '../shell.ts'
import { createProgress } from './progress.ts'

interface InstallOptions {
  /** Do not ask. */
  readonly yes: boolean
}

/**
 * Installs the Debian packages a plan asks for, after saying which and why.
 *
 * @throws {RuntimeError} when the person says no
 * @throws {InstallError} with the command to run by hand
 */
export async function installPackages(
  plan: InstallPlan,
  shell: Shell,
  { yes }: InstallOptions,
): Promise<void> {
  const packages = debianPackages(plan)
  if (packages.length === 0) return
  const progress = createProgress(shell)
  progress.tell('These Debian packages are needed and not installed:')
  for (const { remedy, purpose, packages: names } of plan.missing) {
    if (remedy === 'debian') progress.tell(`  ${names.join(', ')}: ${purpose}`)
  }
  progress.tell('Their own system services are neither started nor enabled.')
  if (!yes && shell.isInteractive && shell.confirm && !(await shell.confirm('Install them now?'))) {
    throw new RuntimeError(`Nothing was installed. By hand: ${debianCommand(packages)}`)
  }
  const startMs = shell.now().getTime()
  await installDebian(packages, {
    access: await rootAccess(),
    signal: shell.signal,
    onProgress: (step) => progress.show(`installing packages: ${step}`),
  })
  progress.tell(`✓ Debian packages installed ${secondsSince(startMs, shell)}`)
}

/** Builds Loki in the foreground, for who needs it before going on. */
export async function buildLokiNow(shell: Shell): Promise<void> {
  const progress = createProgress(shell)
  const startMs = shell.now().getTime()
  progress.tell('Loki is in no Debian package: it is built once with Go, which takes some minutes.')
  const path = await buildLoki({
    signal: shell.signal,
    onProgress: (build) => progress.show(`Loki: ${describeBuild(build)}`),
  })
  progress.tell(`✓ Loki built ${secondsSince(startMs, shell)}: ${path}`)
}

export function secondsSince(startMs: number, { now }: Pick<Shell, 'now'>): string {
  return `${((now().getTime() - startMs) / 1000).toFixed(1)} s`
}
