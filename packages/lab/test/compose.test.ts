import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logFields, logLabelNames, serviceNames } from '@cirrus/catalog'
import { freePort, requireServer, startProcess, whyMissing } from '@cirrus/servers'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Component, components, dockerPlace } from '../src/index.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = join(root, 'compose')
const secrets = { redisPassword: 'redis-pw', masterToken: 'api-token', pseudonymKey: 'key' }
const variables = {
  CIRRUS_REDIS_PASSWORD: secrets.redisPassword,
  CIRRUS_API_MASTER_TOKEN: secrets.masterToken,
  CIRRUS_PSEUDONYM_KEY: secrets.pseudonymKey,
}

// compose-spec.json is the schema in compose-go 2.16.2, the library that Docker Compose reads files with (Apache-2.0).

/** What containers keep to themselves: Redis has no published port, sites are behind the edges. */
const unpublished = ['redis.redis', 'loki.grpc', 'origins.news', 'origins.shop', 'origins.video']

interface Service {
  readonly image?: string
  readonly build?: { readonly context: string; readonly dockerfile?: string }
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  readonly ports?: readonly string[]
  readonly volumes?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly test: readonly string[] }
  readonly logging?: { readonly driver: string; readonly options: Record<string, string> }
  readonly profiles?: readonly string[]
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>
  readonly configs?: Readonly<Record<string, { readonly content: string }>>
}

/** A compose file as Docker reads it, with defaults in place of all variables but the secrets. */
function load(name: string): ComposeFile {
  return parse(read(`compose/${name}`), { merge: true, reviver: (_, value) => interpolate(value) })
}

function interpolate(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return value.replace(/\$\{(\w+)(:[^}]*)?\}/g, (_, name: string, rest = '') => {
    const given = Object.entries(variables).find(([key]) => key === name)?.[1]
    const chosen = given ?? (rest.startsWith(':-') ? rest.slice(2) : undefined)
    if (chosen === undefined) throw new RangeError(`${name} has neither value nor default`)
    return chosen
  })
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

function targetsFile(name: string): unknown {
  return JSON.parse(read(`prometheus/targets/${name}.json`))
}

const compose = load('compose.yaml')
const inDocker = components.filter(({ docker }) => docker !== undefined)
const serviceOf = ({ name }: Component): Service => compose.services[name] ?? {}

describe('compose files', () => {
  it.each(['compose.yaml', 'loki-driver.yaml'])('%s keeps to the specification', (name) => {
    const schema = JSON.parse(read('packages/lab/test/compose-spec.json'))
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
    validate(load(name))
    expect(validate.errors).toBeNull()
  })

  it('has the components of the table that run in Docker', () => {
    expect(Object.keys(compose.services).toSorted()).toEqual(
      inDocker.map(({ name }) => name).toSorted(),
    )
  })

  it('pins the version of every public image', () => {
    for (const { image = '', build } of Object.values(compose.services)) {
      expect(image).toMatch(build ? /:local$/ : /^docker\.io\/.+:v?\d+\.\d+\.\d+(-\w+)?$/)
    }
  })

  it('checks the health of everything and limits all logs', () => {
    for (const { healthcheck, logging } of Object.values(compose.services)) {
      expect(healthcheck?.test[0]).toBe('CMD')
      expect(logging?.options).toMatchObject({ 'max-size': '10m', 'max-file': '5' })
    }
  })

  it('publishes on loopback only', () => {
    for (const { ports = [] } of Object.values(compose.services)) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
    }
  })

  it('mounts folders that are there, never files, and the checkout read-only', () => {
    const binds = Object.values(compose.services)
      .flatMap(({ volumes = [] }) => volumes)
      .filter((volume) => volume.startsWith('.'))
    expect(binds.length).toBeGreaterThan(4)
    for (const bind of binds) {
      const [source = '', , mode] = bind.split(':')
      expect(existsSync(join(folder, source, '.'))).toBe(true)
      expect([bind, mode]).toEqual([bind, 'ro'])
    }
  })
})

describe('component table', () => {
  it.each(inDocker)('$name has the image, command and mounts of compose.yaml', (component) => {
    const { image, build, command = [], volumes = [] } = serviceOf(component)
    const context = join(folder, build?.context ?? '.')
    const dockerfile = relative(root, join(context, build?.dockerfile ?? 'Dockerfile'))
    expect({
      from: build ? dockerfile : image,
      command,
      mounts: volumes.toSorted(),
    }).toEqual({
      from: component.docker?.image ?? `${component.docker?.build}/Dockerfile`,
      command: component.docker?.command ?? [],
      mounts: component.docker?.mounts.toSorted(),
    })
  })

  it.each(inDocker)('$name has the settings of compose.yaml', (component) => {
    const wanted = component.environment({ place: dockerPlace, secrets })
    expect(serviceOf(component).environment ?? {}).toEqual(wanted)
  })

  it.each(inDocker)('$name publishes the same ports', (component) => {
    const wanted = Object.entries(component.ports)
      .filter(([port]) => !unpublished.includes(`${component.name}.${port}`))
      .map(([, { env, default: value, container }]) => `${env} 127.0.0.1:${value}:${container}`)
    const text = read('compose/compose.yaml')
    const published = (serviceOf(component).ports ?? []).map((port) => {
      const [, number] = port.split(':')
      const env = text.match(new RegExp(`127\\.0\\.0\\.1:\\$\\{(\\w+):-${number}\\}:`))?.[1]
      return `${env} ${port}`
    })
    expect(published.toSorted()).toEqual(wanted.toSorted())
  })

  it.each(inDocker)('$name waits for the health of what it depends on', (component) => {
    const wanted = component.dependsOn.map((name) => [name, { condition: 'service_healthy' }])
    expect(serviceOf(component).depends_on ?? {}).toEqual(Object.fromEntries(wanted))
  })

  it.each(inDocker)('$name is asked for its health where the table says', (component) => {
    const { path, port } = component.health
    if (path === undefined || component.name === 'loki') return
    const url = `http://127.0.0.1:${component.ports[port]?.container}${path}`
    expect(serviceOf(component).healthcheck?.test.at(-1)).toBe(url)
  })

  it.each(inDocker.filter(({ service }) => service !== undefined))(
    '$name is labelled with its service, so that its lines are known',
    (component) => {
      expect(serviceOf(component).labels).toEqual({ 'cirrus.service': component.service })
      expect(serviceOf(component).logging?.options['labels']).toBe('cirrus.service')
    },
  )
})

describe('settings', () => {
  const sources: readonly (readonly [prefix: string, text: string])[] = [
    ['CIRRUS_LOKI_', read('loki/loki.yaml')],
    ['CIRRUS_EDGE_', read('openresty/defaults.env')],
    ['CIRRUS_API_', read('packages/api/src/config.ts')],
    ['CIRRUS_WORKER_', read('packages/worker/src/config.ts')],
    ['CIRRUS_SHIPPER_', read('packages/shipper/src/config.ts')],
    ['CIRRUS_ORIGINS_', read('packages/lab/src/origins/origins-config.ts')],
  ]

  it('are known to those who read them', () => {
    const names = Object.values(compose.services)
      .flatMap(({ environment = {} }) => Object.keys(environment))
      .filter((name) => name.startsWith('CIRRUS_'))
    const unknown = names.filter((name) => {
      const text = sources.find(([prefix]) => name.startsWith(prefix))?.[1] ?? ''
      return !new RegExp(`\\b${name}\\b`).test(text)
    })
    expect(unknown).toEqual([])
  })
})

describe('prometheus/targets', () => {
  it.each(serviceNames)('%s.json lists its containers', (service) => {
    const targets = inDocker
      .filter((component) => component.service === service)
      .map(({ name, ports }) => dockerPlace.address(name, ports['metrics'] ? 'metrics' : 'http'))
    expect(targetsFile(service)).toEqual([{ targets }])
  })

  it('alertmanager.json is where alerts go', () => {
    expect(targetsFile('alertmanager')).toEqual([
      { targets: [dockerPlace.address('alertmanager')] },
    ])
  })

  it('are the files that prometheus.yml asks for', () => {
    const text = read('prometheus/prometheus.yml')
    const files = [...text.matchAll(/targets\/(\w+)\.json/g)].map((match) => match[1])
    expect(files.toSorted()).toEqual([...serviceNames, 'alertmanager'].toSorted())
  })
})

describe('loki-driver.yaml', () => {
  const overlay = load('loki-driver.yaml')
  const options = overlay.services['api']?.logging?.options ?? {}
  const stages: readonly Record<string, Record<string, unknown>>[] = parse(
    options['loki-pipeline-stages'] ?? '',
  )
  const stage = (name: string) => stages.find((one) => name in one)?.[name]

  it('replaces the shipper for all that it carries', () => {
    const { shipper, ...others } = overlay.services
    expect(shipper?.profiles).toEqual(['shipper'])
    const carried = inDocker.filter(({ service, name }) => service && name !== 'shipper')
    expect(Object.keys(others).toSorted()).toEqual(carried.map(({ name }) => name).toSorted())
    for (const { logging } of Object.values(others)) expect(logging?.options).toEqual(options)
  })

  it('never blocks, never tries for ever, never keeps files', () => {
    expect(options).toMatchObject({ mode: 'non-blocking', 'keep-file': 'false' })
    expect(Number(options['loki-retries'])).toBeGreaterThan(0)
    expect(Object.keys(options)).toEqual(expect.arrayContaining(['max-size', 'max-file']))
  })

  it('makes labels and metadata of the fields that the catalog says', () => {
    const metadata = Object.entries(logFields)
      .filter(([, { placement }]) => placement === 'metadata')
      .map(([name]) => name)
    const labels = logLabelNames.filter((name) => name !== 'service')
    expect(stage('labelallow')).toEqual(logLabelNames)
    expect(Object.keys(stage('labels') ?? {})).toEqual(labels)
    expect(Object.keys(stage('structured_metadata') ?? {})).toEqual(metadata)
    const expressions = Object.keys(stage('json')?.['expressions'] ?? {})
    expect(expressions).toEqual(['time', ...labels, ...metadata])
  })
})

describe('Redis with the configuration of compose', async () => {
  const reason = await whyMissing('redis')
  const title = reason === undefined ? '' : ` (skipped: ${reason})`
  const users = compose.configs?.['redis-users']?.content ?? ''

  it.skipIf(reason !== undefined)(`lets us do our work and nothing else${title}`, async () => {
    const directory = await mkdtemp(join(tmpdir(), 'cirrus-redis-'))
    const port = await freePort()
    const configuration = read('compose/redis/redis.conf')
      .replace(/^aclfile .*/m, `aclfile ${directory}/users.acl`)
      .replace(/^dir .*/m, `dir ${directory}`)
    await writeFile(join(directory, 'users.acl'), users)
    await writeFile(join(directory, 'redis.conf'), `${configuration}bind 127.0.0.1\nport ${port}\n`)
    const logFile = join(directory, 'redis.log')
    const server = await startProcess({
      name: 'redis',
      command: await requireServer('redis'),
      args: [join(directory, 'redis.conf')],
      logFile,
      isReady: async () =>
        (await readFile(logFile, 'utf8')).includes('Ready to accept connections'),
    })
    const client = (url: string) =>
      new Redis(`redis://${url}@127.0.0.1:${port}`, { enableReadyCheck: false })
    const [ours, health] = [client(`:${secrets.redisPassword}`), client('health:health')]
    try {
      expect(await health.ping()).toBe('PONG')
      await expect(health.get('cdn:domains')).rejects.toThrow('NOPERM')
      expect(await ours.set('cdn:dom:a.test', '{}')).toBe('OK')
      expect(await ours.set('{cirrus}:health:meta', '1')).toBe('OK')
      expect(await ours.publish('cdn:purge', '')).toBe(0)
      await expect(ours.set('other', '1')).rejects.toThrow('NOPERM')
      await expect(ours.flushall()).rejects.toThrow('NOPERM')
    } finally {
      ours.disconnect()
      health.disconnect()
      await server.stop()
      await rm(directory, { recursive: true })
    }
  })
})
