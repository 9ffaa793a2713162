import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { environment } from './environment.ts'
import { requireServer } from './find-server.ts'
import { freePort } from './free-port.ts'
import type { RunningWebServer } from './prometheus.ts'
import { answersOk, serverDirectory } from './server-directory.ts'
import { startProcess } from './start-process.ts'

export interface LokiOptions {
  readonly directory?: string
  readonly port?: number
  readonly grpcPort?: number
  readonly logFile?: string
  /** Holds `<tenant>/*.yaml`; an empty folder by default. */
  readonly rulesDirectory?: string
  readonly alertmanagerUrl?: string
  /** Prometheus to write recorded series to. */
  readonly remoteWriteUrl?: string
  /** How often the ruler evaluates; default as in loki.yaml. */
  readonly rulerInterval?: string
}

/** The configuration that ships; its `${CIRRUS_LOKI_…}` are expanded by Loki itself. */
export const lokiConfigFile = fileURLToPath(new URL('../../../loki/loki.yaml', import.meta.url))

/** Starts Loki on 127.0.0.1 as one process, with its ruler. */
export async function startLoki(options: LokiOptions = {}): Promise<RunningWebServer> {
  const command = await requireServer('loki')
  const directory = await serverDirectory('loki', options.directory)
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const running = await startProcess({
    name: 'loki',
    command,
    args: [`-config.file=${lokiConfigFile}`, '-config.expand-env=true'],
    cwd: directory,
    env: { ...environment, ...(await settings(options, directory, port)) },
    logFile: options.logFile ?? join(directory, 'loki.log'),
    isReady: () => answersOk(`${url}/ready`),
    readyTimeoutMs: 60_000,
  })
  return { ...running, url, port, directory }
}

async function settings(
  options: LokiOptions,
  directory: string,
  port: number,
): Promise<Record<string, string>> {
  const rulesDirectory = options.rulesDirectory ?? join(directory, 'rules')
  await mkdir(rulesDirectory, { recursive: true })
  const optional = {
    CIRRUS_LOKI_ALERTMANAGER_URL: options.alertmanagerUrl,
    CIRRUS_LOKI_REMOTE_WRITE_URL: options.remoteWriteUrl,
    CIRRUS_LOKI_RULER_INTERVAL: options.rulerInterval,
  }
  const given = Object.entries(optional).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return {
    CIRRUS_LOKI_ADDRESS: '127.0.0.1',
    CIRRUS_LOKI_HTTP_PORT: String(port),
    CIRRUS_LOKI_GRPC_PORT: String(options.grpcPort ?? (await freePort())),
    CIRRUS_LOKI_DATA_DIR: join(directory, 'data'),
    CIRRUS_LOKI_RULES_DIR: rulesDirectory,
    ...Object.fromEntries(given),
  }
}
