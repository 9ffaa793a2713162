import { relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type ComponentStatus,
  type Lab,
  type RuntimeName,
  chooseRuntime,
  findDocker,
  labDirectory,
  loadLabSettings,
  neededServers,
  renderScreen,
  runtimeNames,
  startLab,
  tokenFile,
} from '@cirrus/lab'
import { planInstall, rootAccess } from '@cirrus/servers'
import { type Command, Option } from 'commander'
import type { Shell } from '../shell.ts'
import { installPackages, secondsSince } from '../up/install-servers.ts'
import { type Progress, createProgress } from '../up/progress.ts'

interface Options {
  readonly runtime?: RuntimeName
  readonly fresh: boolean
  readonly traffic: boolean
  readonly yes: boolean
}

/** `cirrus up`: the whole system on this machine, until Ctrl-C. */
export function addUp(program: Command, shell: Shell): void {
  program
    .command('up')
    .description('Start the whole system on this machine; Ctrl-C stops it')
    .addOption(new Option('--runtime <name>', 'default: what is possible').choices(runtimeNames))
    .option('--fresh', 'forget the data of earlier starts', false)
    .option('--no-traffic', 'do not visit the demo sites')
    .option('--yes', 'do not ask before installing', false)
    .action((options: Options) => runUp(shell, options))
}

async function runUp(shell: Shell, options: Options): Promise<void> {
  const startMs = shell.now().getTime()
  const wanted = loadLabSettings(shell.env)
  const runtime = await prepare(shell, options)
  // Containers run the rules of this checkout as they are.
  const settings = runtime === 'docker' ? { ...wanted, alertTimeScale: 1 } : wanted
  const progress = createProgress(shell)
  const requestsPerSecond = options.traffic ? settings.requestsPerSecond : 0
  const directory = labDirectory(shell.root)
  let isUp = false
  const lab = await startLab({
    ...settings,
    runtime,
    root: shell.root,
    directory,
    env: shell.env,
    requestsPerSecond,
    isFresh: options.fresh,
    onChange: (status) => report(status, { progress, isUp, startMs, shell }),
  })
  progress.tell(`  status page: ${lab.url('status')}`)
  try {
    await Promise.race([lab.ready, aborted(shell.signal)])
    isUp = true
    if (!shell.signal.aborted)
      shell.out(screen(lab, shell, { ...settings, requestsPerSecond, startMs }))
    await aborted(shell.signal)
  } finally {
    await stop(lab, shell, progress)
  }
}

/** Chooses the runtime and installs what it needs. */
async function prepare(shell: Shell, { runtime: wanted, yes }: Options): Promise<RuntimeName> {
  const plan = await planInstall(neededServers)
  const runtime = await chooseRuntime({ wanted, plan, canInstall, hasDocker: findDocker })
  if (runtime === 'native') await installPackages(plan, shell, { yes })
  return runtime
}

async function canInstall(): Promise<boolean> {
  return (await rootAccess()) !== 'none'
}

interface ReportContext {
  readonly progress: Progress
  /** Whether the screen is shown: then only what is out of the ordinary is told. */
  readonly isUp: boolean
  readonly startMs: number
  readonly shell: Shell
}

function report(status: ComponentStatus, { progress, isUp, startMs, shell }: ReportContext): void {
  const { name, state, detail } = status
  if (shell.signal.aborted) return
  if (state === 'preparing') progress.show(`${name}: ${detail}`)
  if (state === 'up')
    progress.tell(`✓ ${name.padEnd(14)} ${isUp ? 'is up' : secondsSince(startMs, shell)}`)
  if (state === 'crashed' || state === 'failed')
    progress.tell(`✗ ${name.padEnd(14)} ${state}: ${detail}`)
  if (state === 'held') progress.tell(`- ${name.padEnd(14)} kept down on purpose`)
  if (state === 'absent') progress.tell(`- ${name.padEnd(14)} ${detail}`)
}

function screen(
  lab: Lab,
  { root, now }: Shell,
  {
    startMs,
    ...settings
  }: {
    readonly startMs: number
    readonly alertTimeScale: number
    readonly requestsPerSecond: number
  },
): string {
  return renderScreen({
    ...settings,
    url: lab.url,
    statuses: lab.statuses(),
    elapsedMs: now().getTime() - startMs,
    tokenFile: relative(root, tokenFile(lab.directory)),
    directory: relative(root, lab.directory),
  })
}

async function stop(lab: Lab, shell: Shell, progress: Progress): Promise<void> {
  const startMs = shell.now().getTime()
  progress.tell('\nStopping …')
  await lab.stop()
  progress.tell(`All stopped ${secondsSince(startMs, shell)}`)
}

/** Resolves when the person or the system wants us to end. */
async function aborted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(24 * 3600 * 1000, undefined, { signal }).catch(() => undefined)
  }
}
