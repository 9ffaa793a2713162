import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  InstallError,
  debianPackages,
  findServer,
  installDebian,
  planInstall,
  serverDefinitions,
  serverVersion,
} from '../src/index.ts'

/** A machine on which nothing of ours is installed: no PATH, an empty cache, no packages. */
describe('planInstall on an empty machine', () => {
  let directory = ''
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'cirrus-install-'))
    vi.stubEnv('XDG_CACHE_HOME', directory)
    vi.stubEnv('PATH', directory)
    for (const { variable } of Object.values(serverDefinitions)) vi.stubEnv(variable, '')
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(directory, { recursive: true })
  })

  it('names the packages, each once, with what they are for', async () => {
    const plan = await planInstall(['redis', 'prometheus', 'promtool'])
    expect(plan.found).toEqual([])
    expect(debianPackages(plan)).toEqual(['redis-server', 'prometheus'])
    expect(plan.missing[0]).toMatchObject({ name: 'redis', remedy: 'debian' })
    expect(plan.missing[0]?.how).toBe('install the Debian packages redis-server')
  })

  it('counts a stock nginx without its Lua packages as missing', async () => {
    const plan = await planInstall(['nginx'])
    expect(debianPackages(plan)).toEqual(
      expect.arrayContaining(['nginx', 'libnginx-mod-http-lua', 'lua-nginx-redis', 'lua-cjson']),
    )
  })

  it('says how Loki is had, which is in no package', async () => {
    const [loki] = (await planInstall(['loki'])).missing
    expect(loki?.packages).toEqual([])
    expect(loki?.how).toMatch(/build it once with Go|set CIRRUS_LOKI/)
  })
})

describe('installDebian', () => {
  it('gives the exact command where it may not install', async () => {
    const refused = installDebian(['redis-server', 'nginx'], { access: 'none' })
    await expect(refused).rejects.toThrow(InstallError)
    await expect(refused).rejects.toThrow(
      'sudo apt-get install --no-install-recommends redis-server nginx',
    )
  })

  it('does nothing where nothing is wanted', async () => {
    await expect(installDebian([], { access: 'none' })).resolves.toBeUndefined()
  })
})

describe('serverVersion', () => {
  it.each(['redis', 'nginx', 'prometheus', 'alertmanager', 'loki'] as const)(
    'reads the version of %s where it is found',
    async (name) => {
      const found = await findServer(name)
      if (found) expect(await serverVersion(found)).toMatch(/^\d+\.\d+\.\d+$/)
    },
  )
})
