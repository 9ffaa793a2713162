import { readdir, stat } from 'node:fs/promises'
import { InstallError } from './errors.ts'
import { runCommand } from './run-command.ts'

/** How this user may become root. */
export type RootAccess = 'root' | 'sudo' | 'sudo-with-password' | 'none'

interface DebianInstallOptions {
  readonly access: RootAccess
  /** Ends apt when aborted. */
  readonly signal?: AbortSignal
  /** Called with what apt is doing. */
  readonly onProgress?: (step: string) => void
}

const LISTS_MAX_AGE_MS = 24 * 3600 * 1000

/** Which of the packages are not installed; all of them on a system that is not Debian. */
export async function missingPackages(names: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await runCommand('dpkg-query', [
    '--show',
    '--showformat=${Package} ${db:Status-Abbrev}\n',
    ...names,
  ])
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => / ii/.test(line))
      .map((line) => line.split(' ')[0]),
  )
  return names.filter((name) => !installed.has(name))
}

/** Whether Debian packages can be installed here, and with which rights. */
export async function rootAccess(): Promise<RootAccess> {
  const apt = await runCommand('apt-get', ['--version'])
  if (apt.code !== 0) return 'none'
  if (process.getuid?.() === 0) return 'root'
  const sudo = await runCommand('sudo', ['-n', 'true'])
  if (sudo.code === 0) return 'sudo'
  return (await runCommand('sudo', ['--version'])).code === 0 ? 'sudo-with-password' : 'none'
}

/** The command a person runs where we may not. */
export function debianCommand(packages: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install --no-install-recommends ${packages.join(' ')}`
}

/**
 * Installs Debian packages without ever starting or enabling their system services.
 *
 * @throws {InstallError} with the command to run by hand
 */
export async function installDebian(
  packages: readonly string[],
  { access, signal, onProgress }: DebianInstallOptions,
): Promise<void> {
  if (packages.length === 0) return
  const fault = (reason: string): InstallError =>
    new InstallError(packages.join(' '), reason, debianCommand(packages))
  if (access === 'none') throw fault('neither root nor sudo with apt-get is available')
  const script = await installScript(packages)
  const [command, ...args] = [...sudoOf(access), 'sh', '-c', script]
  if (command === undefined) return
  const { code, stderr } = await runCommand(command, args, {
    timeoutMs: 30 * 60_000,
    readsTerminal: access === 'sudo-with-password',
    ...(signal && { signal }),
    ...(onProgress && { onLine: aptProgress(onProgress) }),
  })
  if (code !== 0) throw fault(`apt-get ended with ${code}\n${stderr.trim()}`)
}

function sudoOf(access: RootAccess): readonly string[] {
  if (access === 'root') return []
  return access === 'sudo' ? ['sudo', '-n'] : ['sudo']
}

/** One script, so that root rights are asked for once and the trap restores what was there. */
async function installScript(packages: readonly string[]): Promise<string> {
  const update = (await listsAreFresh()) ? '' : 'apt-get -q update'
  return `set -eu
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
kept=/usr/sbin/policy-rc.d.before-cirrus
enabled() {
  ls /etc/systemd/system/multi-user.target.wants 2> /dev/null | sed 's/\\.service$//'
  ls /etc/rc2.d 2> /dev/null | sed -n 's/^S[0-9]*//p'
}
restore() { if [ -e "$kept" ]; then mv -f "$kept" "$policy"; else rm -f "$policy"; fi; }
before=" $(enabled | tr '\\n' ' ') "
if [ -e "$policy" ] && ! grep -q 'Written by cirrus' "$policy"; then mv "$policy" "$kept"; fi
trap restore EXIT
trap 'exit 1' INT TERM HUP
printf '#!/bin/sh\\n# Written by cirrus while it installs packages: no service starts.\\nexit 101\\n' > "$policy"
chmod 755 "$policy"
${update}
apt-get -q install -y --no-install-recommends ${packages.join(' ')}
for unit in $(enabled); do
  case "$before" in *" $unit "*) continue ;; esac
  if command -v systemctl > /dev/null; then systemctl --quiet disable "$unit" > /dev/null 2>&1 || true; fi
  if command -v update-rc.d > /dev/null; then update-rc.d "$unit" disable > /dev/null 2>&1 || true; fi
done
`
}

async function listsAreFresh(): Promise<boolean> {
  const lists = await readdir('/var/lib/apt/lists').catch(() => [])
  if (!lists.some((name) => name.includes('_Packages'))) return false
  const { mtimeMs } = await stat('/var/lib/apt/lists/partial').catch(() => ({ mtimeMs: 0 }))
  return Date.now() - mtimeMs < LISTS_MAX_AGE_MS
}

/** Turns apt's lines into "52 packages: 31 of 104, nginx": each package is unpacked, then set up. */
function aptProgress(onProgress: (step: string) => void): (line: string) => void {
  let steps = 0
  let done = 0
  return (line) => {
    const count = /(\d+) newly installed/.exec(line)?.[1]
    if (count !== undefined) steps = Number(count) * 2
    const step = /^(Unpacking|Setting up) (\S+)/.exec(line)
    if (step) done += 1
    if (line.startsWith('Get:') || line.startsWith('Hit:')) onProgress('reading package lists')
    if (step) onProgress(`${Math.round((100 * done) / Math.max(steps, done))} %, ${step[2]}`)
  }
}
