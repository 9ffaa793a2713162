import { join } from 'node:path'
import { requireServer } from './find-server.ts'
import { freePort } from './free-port.ts'
import { answersOk, serverDirectory } from './server-directory.ts'
import { type RunningProcess, startProcess } from './start-process.ts'

export interface PrometheusOptions {
  readonly configFile: string
  readonly directory?: string
  readonly port?: number
  readonly logFile?: string
  /** Address people reach it by, for links in alerts. */
  readonly externalUrl?: string
  readonly retentionTime?: string
}

export interface RunningWebServer extends RunningProcess {
  readonly url: string
  readonly port: number
  readonly directory: string
}

/** Starts Prometheus on 127.0.0.1, with the remote-write receiver that Loki's ruler writes to. */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningWebServer> {
  const command = await requireServer('prometheus')
  const directory = await serverDirectory('prometheus', options.directory)
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const running = await startProcess({
    name: 'prometheus',
    command,
    args: [
      `--config.file=${options.configFile}`,
      `--storage.tsdb.path=${directory}`,
      `--storage.tsdb.retention.time=${options.retentionTime ?? '15d'}`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.external-url=${options.externalUrl ?? url}`,
      '--web.route-prefix=/',
      '--web.enable-lifecycle',
      '--web.enable-remote-write-receiver',
    ],
    cwd: directory,
    logFile: options.logFile ?? join(directory, 'prometheus.log'),
    isReady: () => answersOk(`${url}/-/ready`),
    readyTimeoutMs: 30_000,
  })
  return { ...running, url, port, directory }
}
