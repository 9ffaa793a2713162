import { spawn } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, processStartTime } from '@cirrus/servers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PortsTakenError, componentOf, freePorts } from '../src/index.ts'
import { createRunFiles, endLeftovers } from '../src/leftovers.ts'
import { nativePlace } from '../src/place.ts'
import { requireFreePorts } from '../src/ports.ts'
import { type LogOwner, rotateLogs } from '../src/rotate-logs.ts'
import { loadSecrets, tokenFile } from '../src/secrets.ts'
import { renderConfig, writeConfig } from '../src/write-config.ts'

let directory = ''
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cirrus-lab-files-'))
})
afterEach(() => rm(directory, { recursive: true }))

describe('endLeftovers', () => {
  it('ends the group of a noted process, and nothing else', async () => {
    const left = spawn('sh', ['-c', 'sleep 60 & sleep 60'], { detached: true, stdio: 'ignore' })
    const bystander = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
    const exited = new Promise((resolve) => left.once('exit', resolve))
    await createRunFiles(directory).note('api', left.pid)
    // Its pid was given to somebody else since.
    await writeFile(join(directory, 'worker.pid'), `${bystander.pid} 1\n`)

    expect(await endLeftovers(directory)).toEqual(['api'])
    await exited
    expect(await processStartTime(bystander.pid ?? 0)).toBeDefined()
    expect(await readdir(directory)).toEqual([])
    bystander.kill()
  })
})

describe('requireFreePorts', () => {
  it('lists every taken port with its process and how to move it', async () => {
    const servers = [createServer(), createServer()]
    const ports = await Promise.all(
      servers.map(async (server) => {
        const port = await freePort()
        await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
        return port
      }),
    )
    const wanted = [componentOf('api'), componentOf('redis'), componentOf('worker')]
    const own = new Map([
      ['api.http', ports[0] ?? 0],
      ['redis.redis', ports[1] ?? 0],
      ['worker.http', await freePort()],
    ])
    const refused = await requireFreePorts(own, wanted, 0).catch((error: unknown) => error)
    for (const server of servers) server.close()

    expect(refused).toBeInstanceOf(PortsTakenError)
    const { message } = refused instanceof Error ? refused : new Error('not refused')
    expect(message).toContain(`${ports[0]}, wanted by api, belongs to process ${process.pid}`)
    expect(message).toContain('another port: CIRRUS_LAB_API_PORT=…')
    expect(message).toContain(`${ports[1]}, wanted by redis (redis)`)
    expect(message).not.toContain('worker')
  })
})

function logOwner(logs: LogOwner['logs'], told: string[]): LogOwner {
  return {
    logs,
    directory,
    running: () => ({
      pid: 1,
      exited: new Promise(() => undefined),
      stop: async () => undefined,
      kill: async () => undefined,
      reopenLogs: () => void told.push('reopened'),
    }),
    restart: async () => void told.push('restarted'),
  }
}

describe('rotateLogs', () => {
  it('renames what is shipped and keeps two older files', async () => {
    const told: string[] = []
    const edge = logOwner({ files: ['access.log'], keeping: 'reopen' }, told)
    for (const text of ['first', 'second', 'third']) {
      await writeFile(join(directory, 'access.log'), text)
      await rotateLogs([edge], 3)
    }
    const kept = ['access.log.1', 'access.log.2']
    expect(await readdir(directory)).toEqual(kept)
    const texts = kept.map((name) => readFile(join(directory, name), 'utf8'))
    expect(await Promise.all(texts)).toEqual(['third', 'second'])
    expect(told).toEqual(['reopened', 'reopened', 'reopened'])
  })

  it('starts again who cannot reopen its output', async () => {
    const told: string[] = []
    await writeFile(join(directory, 'api.log'), 'long')
    await rotateLogs([logOwner({ files: ['api.log'], keeping: 'restart' }, told)], 3)
    expect(told).toEqual(['restarted'])
  })

  it('empties in place what nobody ships', async () => {
    await writeFile(join(directory, 'redis.log'), 'long')
    await rotateLogs([logOwner({ files: ['redis.log'], keeping: 'truncate' }, [])], 3)
    expect((await stat(join(directory, 'redis.log'))).size).toBe(0)
    expect(await readFile(join(directory, 'redis.log.1'), 'utf8')).toBe('long')
  })

  it('leaves small files and absent ones alone', async () => {
    await writeFile(join(directory, 'api.log'), 'xy')
    await rotateLogs([logOwner({ files: ['api.log', 'none.log'], keeping: 'restart' }, [])], 3)
    expect(await readdir(directory)).toEqual(['api.log'])
  })
})

describe('loadSecrets', () => {
  it('makes secrets once and lets nobody else read them', async () => {
    const secrets = await loadSecrets(directory)
    expect(await loadSecrets(directory)).toEqual(secrets)
    expect(new Set(Object.values(secrets)).size).toBe(3)
    expect((await stat(tokenFile(directory))).mode & 0o077).toBe(0)
  })
})

describe('writeConfig', () => {
  it('writes rules with links into this lab, and removes what is not wanted any more', async () => {
    await writeFile(join(directory, 'stale.yaml'), '')
    const place = nativePlace(directory, await freePorts())
    const options = { place, statusUrl: 'http://127.0.0.1:1', alertTimeScale: 0.2 }
    await writeConfig(directory, renderConfig(options))

    expect(await readdir(directory)).toEqual(['loki', 'prometheus'])
    const rules = await readFile(join(directory, 'prometheus/rules/edge.yaml'), 'utf8')
    expect(rules).toContain('http://127.0.0.1:1/runbooks/EdgeErrorRateHigh.md')
    const targets = await readFile(join(directory, 'prometheus/targets/edge.json'), 'utf8')
    expect(targets).toContain(place.address('edge-b', 'metrics'))
  })
})
