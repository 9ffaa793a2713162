import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { environment } from './environment.ts'
import { ServerMissingError } from './errors.ts'
import { lokiCachePath } from './loki-cache.ts'

interface ServerDefinition {
  /** Names of the program, best first. */
  readonly programs: readonly string[]
  /** Names the program's file explicitly. */
  readonly variable: string
  /** How to get it, as a sentence. */
  readonly hint: string
}

/** Programs the system is made of. */
export const serverDefinitions = {
  redis: {
    programs: ['redis-server'],
    variable: 'CIRRUS_REDIS',
    hint: 'install the Debian package redis-server',
  },
  nginx: {
    programs: ['openresty', 'nginx'],
    variable: 'CIRRUS_NGINX',
    hint: 'install OpenResty, or the Debian packages nginx libnginx-mod-http-lua lua-nginx-redis lua-nginx-dns lua-cjson',
  },
  prometheus: {
    programs: ['prometheus'],
    variable: 'CIRRUS_PROMETHEUS',
    hint: 'install the Debian package prometheus',
  },
  promtool: {
    programs: ['promtool'],
    variable: 'CIRRUS_PROMTOOL',
    hint: 'install the Debian package prometheus',
  },
  alertmanager: {
    programs: ['alertmanager', 'prometheus-alertmanager'],
    variable: 'CIRRUS_ALERTMANAGER',
    hint: 'install the Debian package prometheus-alertmanager',
  },
  amtool: {
    programs: ['amtool'],
    variable: 'CIRRUS_AMTOOL',
    hint: 'install the Debian package prometheus-alertmanager',
  },
  loki: {
    programs: ['loki'],
    variable: 'CIRRUS_LOKI',
    hint: 'run "npx cirrus doctor --install", which builds it with Go 1.26 or newer',
  },
} as const satisfies Record<string, ServerDefinition>

export type ServerName = keyof typeof serverDefinitions

export interface FoundServer {
  readonly name: ServerName
  readonly path: string
  readonly source: 'variable' | 'path' | 'cache'
}

/** Looks for a server in its `CIRRUS_…` variable, on PATH (and sbin), in the per-user cache. */
export async function findServer(name: ServerName): Promise<FoundServer | undefined> {
  const { programs, variable } = serverDefinitions[name]
  const named = environment[variable]
  if (named !== undefined && named !== '') {
    return (await isExecutable(named)) ? { name, path: named, source: 'variable' } : undefined
  }
  for (const program of programs) {
    for (const directory of searchPath()) {
      const path = join(directory, program)
      if (await isExecutable(path)) return { name, path, source: 'path' }
    }
  }
  const cached = name === 'loki' ? await lokiCachePath() : undefined
  if (cached !== undefined && (await isExecutable(cached))) {
    return { name, path: cached, source: 'cache' }
  }
  return undefined
}

/** Why a server cannot be used here; `undefined` when it can. */
export async function whyMissing(name: ServerName): Promise<string | undefined> {
  if (await findServer(name)) return undefined
  const { programs, variable, hint } = serverDefinitions[name]
  const named = environment[variable]
  if (named !== undefined && named !== '') return `${variable} is ${named}, which is no program`
  return `${programs.join(' or ')} is not on PATH; ${hint}, or set ${variable}`
}

/** @throws {ServerMissingError} with what to do about it */
export async function requireServer(name: ServerName): Promise<string> {
  const found = await findServer(name)
  if (found) return found.path
  throw new ServerMissingError(name, (await whyMissing(name)) ?? 'it vanished')
}

function searchPath(): readonly string[] {
  const path = (environment['PATH'] ?? '').split(delimiter).filter((part) => part !== '')
  // Debian puts servers where the PATH of ordinary users does not look.
  return [...new Set([...path, '/usr/local/openresty/bin', '/usr/sbin', '/usr/local/sbin'])]
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
