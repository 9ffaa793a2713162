import { join } from 'node:path'
import { requireServer } from './find-server.ts'
import { freePort } from './free-port.ts'
import type { RunningWebServer } from './prometheus.ts'
import { answersOk, serverDirectory } from './server-directory.ts'
import { startProcess } from './start-process.ts'

export interface AlertmanagerOptions {
  readonly configFile: string
  readonly directory?: string
  readonly port?: number
  readonly logFile?: string
  readonly externalUrl?: string
}

/** Starts Alertmanager on 127.0.0.1, alone (no cluster port). */
export async function startAlertmanager(options: AlertmanagerOptions): Promise<RunningWebServer> {
  const command = await requireServer('alertmanager')
  const directory = await serverDirectory('alertmanager', options.directory)
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const running = await startProcess({
    name: 'alertmanager',
    command,
    args: [
      `--config.file=${options.configFile}`,
      `--storage.path=${directory}`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.external-url=${options.externalUrl ?? url}`,
      '--web.route-prefix=/',
      '--cluster.listen-address=',
    ],
    cwd: directory,
    logFile: options.logFile ?? join(directory, 'alertmanager.log'),
    isReady: () => answersOk(`${url}/-/ready`),
  })
  return { ...running, url, port, directory }
}
