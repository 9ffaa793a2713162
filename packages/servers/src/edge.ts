import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type EdgeSettings,
  edgeSettings,
  edgeSourceDirectory,
  renderEdgeConfig,
} from './edge-config.ts'
import { environment } from './environment.ts'
import { InstallError } from './errors.ts'
import { requireServer } from './find-server.ts'
import { freePort } from './free-port.ts'
import { runCommand } from './run-command.ts'
import { answersOk, serverDirectory } from './server-directory.ts'
import { type RunningProcess, startProcess } from './start-process.ts'

export interface EdgeOptions {
  readonly redisUrl: string
  /** Id of the node, in log lines and `/healthz`. */
  readonly node: string
  /** Prefix: configuration, cache, purge journal, logs; a fresh temporary one by default. */
  readonly directory?: string
  readonly httpPort?: number
  readonly tlsPort?: number
  readonly metricsPort?: number
  /** Edges with one key give one visitor one pseudonym; random by default. */
  readonly pseudonymKey?: string
  readonly accessLogFile?: string
  readonly errorLogFile?: string
  readonly workerProcesses?: number
  /** `CIRRUS_EDGE_…` settings of `openresty/defaults.env` that have no option of their own. */
  readonly settings?: EdgeSettings
}

export interface RunningEdge extends RunningProcess {
  readonly directory: string
  readonly httpUrl: string
  readonly httpPort: number
  readonly tlsPort: number
  readonly metricsPort: number
  readonly metricsUrl: string
  readonly accessLogFile: string
  readonly errorLogFile: string
  /** Opens the log files anew, after they were moved away. */
  reopenLogs(): void
}

/** Starts an edge on 127.0.0.1 and waits until it can serve: it has caught up with Redis. */
export async function startEdge(options: EdgeOptions): Promise<RunningEdge> {
  const program = await requireServer('nginx')
  const place = await placeOf(options)
  const settings = await edgeSettings({
    ...(await machineSettings(program)),
    ...placeSettings(place),
    CIRRUS_EDGE_REDIS_URL: options.redisUrl,
    CIRRUS_EDGE_NODE: options.node,
    CIRRUS_EDGE_PSEUDONYM_KEY: options.pseudonymKey ?? '',
    CIRRUS_EDGE_WORKER_PROCESSES: String(options.workerProcesses ?? 1),
    ...options.settings,
  })
  await makePlaceholderCertificate(place.directory)
  await writeFile(join(place.directory, 'nginx.conf'), await renderEdgeConfig(settings))
  const running = await startProcess({
    name: `edge ${options.node}`,
    command: program,
    args: ['-p', `${place.directory}/`, '-c', 'nginx.conf', '-e', 'stderr'],
    cwd: place.directory,
    env: { ...settings, PATH: environment['PATH'] },
    logFile: place.errorLogFile,
    isReady: () => answersOk(`http://127.0.0.1:${place.metricsPort}/healthz`),
    // Requests in flight are answered and logged; nginx.conf gives them five seconds.
    stopSignal: 'SIGQUIT',
    stopTimeoutMs: 8000,
  })
  return {
    ...running,
    ...place,
    httpUrl: `http://127.0.0.1:${place.httpPort}`,
    metricsUrl: `http://127.0.0.1:${place.metricsPort}/metrics`,
    reopenLogs: () => void process.kill(running.pid, 'SIGUSR1'),
  }
}

type Place = Pick<
  RunningEdge,
  'directory' | 'httpPort' | 'tlsPort' | 'metricsPort' | 'accessLogFile' | 'errorLogFile'
>

async function placeOf(options: EdgeOptions): Promise<Place> {
  const directory = await serverDirectory('edge', options.directory)
  return {
    directory,
    httpPort: options.httpPort ?? (await freePort()),
    tlsPort: options.tlsPort ?? (await freePort()),
    metricsPort: options.metricsPort ?? (await freePort()),
    accessLogFile: options.accessLogFile ?? join(directory, 'access.log'),
    errorLogFile: options.errorLogFile ?? join(directory, 'error.log'),
  }
}

function placeSettings(place: Place): EdgeSettings {
  return {
    CIRRUS_EDGE_ADDRESS: '127.0.0.1',
    CIRRUS_EDGE_HTTP_PORT: String(place.httpPort),
    CIRRUS_EDGE_TLS_PORT: String(place.tlsPort),
    CIRRUS_EDGE_METRICS_ADDRESS: '127.0.0.1',
    CIRRUS_EDGE_METRICS_PORT: String(place.metricsPort),
    CIRRUS_EDGE_ACCESS_LOG: place.accessLogFile,
    CIRRUS_EDGE_ERROR_LOG: place.errorLogFile,
  }
}

async function machineSettings(program: string): Promise<EdgeSettings> {
  return {
    CIRRUS_EDGE_LUA_DIRECTORY: join(edgeSourceDirectory, 'lua'),
    CIRRUS_EDGE_MODULES: await modulesOf(program),
    // As root, nginx would run its workers as a user who may not read the prefix.
    CIRRUS_EDGE_USER: process.getuid?.() === 0 ? 'user root;' : '',
    CIRRUS_EDGE_RESOLVER: await nameServers(),
  }
}

/** OpenResty has Lua built in, Debian's nginx loads it. */
async function modulesOf(program: string): Promise<string> {
  const { stderr } = await runCommand(program, ['-V'])
  if (stderr.includes('openresty/')) return ''
  const folder = /--modules-path=(\S+)/.exec(stderr)?.[1] ?? '/usr/lib/nginx/modules'
  return ['ndk_http_module', 'ngx_http_lua_module']
    .map((name) => `load_module ${folder}/${name}.so;`)
    .join('\n')
}

async function nameServers(): Promise<string> {
  const text = await readFile('/etc/resolv.conf', 'utf8').catch(() => '')
  const addresses = [...text.matchAll(/^nameserver\s+([^\s%]+)\s*$/gm)].map(([, address = '']) =>
    address.includes(':') ? `[${address}]` : address,
  )
  return addresses.join(' ') || '127.0.0.1'
}

/** What handshakes get that name no domain with a certificate; made once per prefix. */
async function makePlaceholderCertificate(directory: string): Promise<void> {
  const [certificate, key] = [
    join(directory, 'placeholder.crt'),
    join(directory, 'placeholder.key'),
  ]
  if (await readFile(certificate).catch(() => undefined)) return
  const args =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=placeholder.invalid'
  const files = ['-keyout', key, '-out', certificate]
  const { code, stderr } = await runCommand('openssl', [...args.split(' '), ...files])
  if (code === 0) return
  throw new InstallError('a placeholder certificate', stderr, 'sudo apt-get install openssl')
}
