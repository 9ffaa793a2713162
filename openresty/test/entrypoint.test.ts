import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type RunningRedis,
  answersOk,
  edgeSourceDirectory,
  environment,
  freePort,
  requireServer,
  startEdge,
  startRedis,
  waitUntil,
} from '@cirrus/servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from './fixture.ts'

const missing = ['envsubst', 'openssl'].filter((program) => {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`])
    return false
  } catch {
    return true
  }
})

describe.skipIf(missing.length > 0)(
  `entry point of the image${missing.length > 0 ? ` (needs ${missing.join(', ')})` : ''}`,
  () => {
    let redis: RunningRedis
    let edge: ChildProcess | undefined
    let prefix: string
    let ports: readonly number[]

    beforeAll(async () => {
      redis = await startRedis()
      prefix = await mkdtemp(join(tmpdir(), 'cirrus-entry-'))
      ports = [await freePort(), await freePort(), await freePort()]
      // The image has `openresty`; here the nginx of this machine goes by that name.
      const shim = join(prefix, 'openresty')
      await writeFile(shim, `#!/bin/sh\nexec ${await requireServer('nginx')} "$@"\n`)
      await chmod(shim, 0o755)
      edge = spawn(join(edgeSourceDirectory, 'docker-entrypoint.sh'), [prefix], {
        env: {
          PATH: `${prefix}:${environment['PATH']}`,
          ...(await nativeLines()),
          CIRRUS_EDGE_LUA_DIRECTORY: join(edgeSourceDirectory, 'lua'),
          CIRRUS_EDGE_ADDRESS: '127.0.0.1',
          CIRRUS_EDGE_HTTP_PORT: String(ports[0]),
          CIRRUS_EDGE_TLS_PORT: String(ports[1]),
          CIRRUS_EDGE_METRICS_PORT: String(ports[2]),
          CIRRUS_EDGE_ACCESS_LOG: join(prefix, 'access.log'),
          CIRRUS_EDGE_ERROR_LOG: join(prefix, 'error.log'),
          CIRRUS_EDGE_REDIS_URL: redis.url,
          CIRRUS_EDGE_NODE: 'edge-image',
          CIRRUS_EDGE_RESOLVER: '127.0.0.1',
        },
        stdio: 'ignore',
      })
    })

    afterAll(async () => {
      edge?.kill('SIGQUIT')
      if (edge) await once(edge, 'exit')
      await redis?.stop()
    })

    /** The lines that this machine's nginx needs, as startEdge finds them. */
    async function nativeLines(): Promise<Record<string, string>> {
      const native = await startEdge({ redisUrl: redis.url, node: 'native' })
      await native.stop()
      const config = await readFile(join(native.directory, 'nginx.conf'), 'utf8')
      return {
        CIRRUS_EDGE_MODULES: (config.match(/^load_module .*;$/gm) ?? []).join('\n'),
        CIRRUS_EDGE_USER: config.match(/^user .*;$/m)?.[0] ?? '',
      }
    }

    it('starts an edge that serves', async () => {
      const health = `http://127.0.0.1:${ports[2]}/healthz`
      await waitUntil(() => answersOk(health), { what: 'the edge of the entry point' })
      expect(await (await fetch(health)).json()).toMatchObject({ status: 'ok', node: 'edge-image' })
      const { status } = await ask({ httpPort: ports[0] ?? 0 }, { host: 'nobody.test' })
      expect(status).toBe(404)
    })

    it('renders as startEdge does, and puts no secret into a file', async () => {
      const config = await readFile(join(prefix, 'nginx.conf'), 'utf8')
      expect(config).not.toContain('${')
      expect(config).not.toContain(redis.url)
      expect(config).toContain(`listen 127.0.0.1:${ports[0]} default_server;`)
      expect(config).toContain('"~^[A-Za-z0-9._-]{8,64}$" $http_x_request_id;')
    })
  },
)
