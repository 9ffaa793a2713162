import type { InstallPlan, MissingServer } from '@cirrus/servers'
import { describe, expect, it } from 'vitest'
import { type RuntimeName, chooseRuntime } from './choose-runtime.ts'

const redis: MissingServer = {
  name: 'redis',
  remedy: 'debian',
  purpose: 'state',
  packages: ['redis-server'],
  how: 'install the Debian packages redis-server',
}
const loki: MissingServer = {
  name: 'loki',
  remedy: 'by-hand',
  purpose: 'logs',
  packages: [],
  how: 'set CIRRUS_LOKI',
}

interface Machine {
  readonly wanted?: RuntimeName
  readonly missing: readonly MissingServer[]
  readonly canInstall?: boolean
  readonly hasDocker?: boolean
}

function choose({ wanted, missing, canInstall = false, hasDocker = false }: Machine) {
  const plan: InstallPlan = { found: [], missing }
  return chooseRuntime({
    wanted,
    plan,
    canInstall: async () => canInstall,
    hasDocker: async () => hasDocker,
  })
}

describe('chooseRuntime', () => {
  it.each<[string, Machine, RuntimeName]>([
    ['native where nothing is missing', { missing: [], hasDocker: true }, 'native'],
    ['native where packages can be installed', { missing: [redis], canInstall: true }, 'native'],
    ['native where only Loki cannot be had', { missing: [loki] }, 'native'],
    ['Docker where packages cannot be installed', { missing: [redis], hasDocker: true }, 'docker'],
    ['Docker where it was asked for', { missing: [], wanted: 'docker', hasDocker: true }, 'docker'],
  ])('takes %s', async (_, machine, runtime) => {
    expect(await choose(machine)).toBe(runtime)
  })

  it('lists what to install and how where nothing will do', async () => {
    await expect(choose({ missing: [redis, loki] })).rejects.toThrow(
      /redis \(state\): install[\s\S]*loki \(logs\): set CIRRUS_LOKI[\s\S]*sudo apt-get install .*redis-server/,
    )
  })

  it('does not fall back to Docker when native was asked for', async () => {
    await expect(choose({ missing: [redis], wanted: 'native', hasDocker: true })).rejects.toThrow(
      'redis-server',
    )
  })

  it('says that no engine answers when Docker was asked for', async () => {
    await expect(choose({ missing: [], wanted: 'docker' })).rejects.toThrow('No Docker engine')
  })
})
