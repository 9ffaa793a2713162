import {
  type FaultName,
  type LabClient,
  createLabClient,
  faultDescriptions,
  faultNames,
  loadLabSettings,
} from '@cirrus/lab'
import { Argument, type Command } from 'commander'
import type { Shell } from '../shell.ts'

/** `cirrus lab`: looks at a running lab, and breaks and heals parts of it. */
export function addLab(program: Command, shell: Shell): void {
  const client = (): LabClient => {
    const port = loadLabSettings(shell.env).ports.get('status.http')
    return createLabClient(`http://127.0.0.1:${port}`)
  }
  const lab = program
    .command('lab')
    .description('Look at the running lab, break and heal its parts')
  lab
    .command('status')
    .description('Show what runs and what is broken on purpose')
    .action(async () => shell.out(renderReport(await client().report(), shell.now().getTime())))
  lab
    .command('break')
    .description(`Break a part: ${faultNames.map(describeFault).join('; ')}`)
    .addArgument(faultArgument())
    .action(async (name: FaultName) => {
      await client().break(name)
      shell.out(`Broken: ${faultDescriptions[name]}. To heal it: npx cirrus lab heal ${name}\n`)
    })
  lab
    .command('heal')
    .description('Heal a part that was broken')
    .addArgument(faultArgument())
    .action(async (name: FaultName) => {
      await client().heal(name)
      shell.out(`Healed: ${name}\n`)
    })
}

function faultArgument(): Argument {
  return new Argument('<part>', 'what to break').choices(faultNames)
}

function describeFault(name: FaultName): string {
  return `${name} (${faultDescriptions[name]})`
}

type Report = Awaited<ReturnType<LabClient['report']>>

function renderReport({ components, faults }: Report, nowMs: number): string {
  const rows = components.map(({ name, state, detail, sinceMs, restarts }) => {
    const seconds = Math.round((nowMs - sinceMs) / 1000)
    const again = restarts > 0 ? `, started again ${restarts} times` : ''
    return `${name.padEnd(14)}${state.padEnd(10)} for ${seconds} s${again} ${detail}`.trimEnd()
  })
  const broken =
    faults.length > 0 ? `Broken on purpose: ${faults.join(', ')}` : 'Nothing is broken on purpose.'
  return `${[...rows, broken].join('\n')}\n`
}
