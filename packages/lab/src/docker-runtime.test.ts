import { freePort } from '@cirrus/servers'
import { describe, expect, it } from 'vitest'
import { createDockerRuntime } from './docker-runtime.ts'
import type { ComponentStatus } from './supervisor.ts'

const secrets = { masterToken: 'token', redisPassword: 'password', pseudonymKey: 'key' }

async function runtimeWith(code: number) {
  const told: { args: string; env: Readonly<Record<string, string | undefined>> }[] = []
  const changes: ComponentStatus[] = []
  const runtime = await createDockerRuntime(
    {
      root: '/checkout',
      directory: '/lab',
      env: { HOME: '/home' },
      ports: new Map([
        ['status.http', await freePort()],
        ['api.http', 9999],
      ]),
      onChange: (status) => changes.push(status),
      nowMs: () => 0,
    },
    async (command, args, options) => {
      told.push({ args: [command, ...args].join(' '), env: options?.env ?? {} })
      return { code, stdout: '', stderr: 'port is allocated' }
    },
  )
  return { runtime, told, changes }
}

describe('createDockerRuntime', () => {
  it('hands compose the secrets and ports', async () => {
    const { runtime, told, changes } = await runtimeWith(0)
    await runtime.start(secrets)
    expect(told[0]?.args).toBe(
      'docker compose --file /checkout/compose/compose.yaml up --build --detach --wait',
    )
    expect(told[0]?.env).toMatchObject({
      HOME: '/home',
      CIRRUS_API_MASTER_TOKEN: 'token',
      CIRRUS_REDIS_PASSWORD: 'password',
      CIRRUS_PSEUDONYM_KEY: 'key',
      CIRRUS_LAB_API_PORT: '9999',
      CIRRUS_LAB_LOKI_PORT: '4452',
    })
    expect(changes.at(-1)?.state).toBe('up')
  })

  it('starts again what it kills, since Docker does not', async () => {
    const { runtime, told } = await runtimeWith(0)
    await runtime.kill('shipper')
    expect(told.map(({ args }) => args.split('yaml ')[1])).toEqual([
      'kill shipper',
      'start shipper',
    ])
  })

  it('keeps the volumes when it stops, and drops them when told to forget', async () => {
    const { runtime, told } = await runtimeWith(0)
    await runtime.stop()
    await runtime.forget()
    expect(told.map(({ args }) => args.split('yaml ')[1])).toEqual([
      'down --timeout 8',
      'down --volumes',
    ])
  })

  it('says what compose said when it fails', async () => {
    const { runtime } = await runtimeWith(1)
    await expect(runtime.start(secrets)).rejects.toThrow('port is allocated')
  })
})
