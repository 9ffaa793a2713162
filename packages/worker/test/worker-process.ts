import { mkdir, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RunningProcess, environment, freePort, startProcess } from '@cirrus/servers'
import { build } from 'vite'
import { type LogLine, type TestWorker, scraper } from './worker-fixture.ts'

const packageDirectory = fileURLToPath(new URL('..', import.meta.url))

/** Bundles `main.ts` as it is now, so that tests of processes need no build of the repository. */
export async function bundleWorker(): Promise<string> {
  // Below the package, where Node finds its dependencies.
  const parent = join(packageDirectory, 'dist')
  await mkdir(parent, { recursive: true })
  const outDir = await mkdtemp(join(parent, 'test-'))
  await build({
    root: packageDirectory,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@cirrus/source'] },
    ssr: { noExternal: [/^@cirrus\//], resolve: { conditions: ['@cirrus/source'] } },
    build: { ssr: 'src/main.ts', outDir, emptyOutDir: false, target: 'node20' },
  })
  return join(outDir, 'main.js')
}

export interface WorkerProcess
  extends Pick<TestWorker, 'sample' | 'health'>, Pick<RunningProcess, 'pid' | 'exited' | 'kill'> {
  /** What it wrote so far. */
  output(): Promise<string>
  lines(): Promise<readonly LogLine[]>
}

/** A worker in a process of its own; it need not be ready, and may end at once. */
export async function startWorkerProcess(
  main: string,
  settings: Readonly<Record<string, string>>,
): Promise<WorkerProcess> {
  const port = await freePort()
  const logFile = join(await mkdtemp(join(tmpdir(), 'cirrus-worker-')), 'worker.log')
  const { pid, exited, kill } = await startProcess({
    name: 'worker',
    command: process.execPath,
    args: [main],
    env: {
      PATH: environment['PATH'],
      CIRRUS_WORKER_PORT: String(port),
      CIRRUS_WORKER_NODE_HEALTH_INTERVAL_SECS: '1',
      ...settings,
    },
    logFile,
  })
  const output = (): Promise<string> => readFile(logFile, 'utf8')
  return {
    ...scraper(port),
    pid,
    exited,
    kill,
    output,
    async lines() {
      const complete = (await output()).split('\n').slice(0, -1)
      return complete.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line))
    },
  }
}
