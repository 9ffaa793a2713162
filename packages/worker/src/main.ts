import { services } from '@cirrus/catalog'
import { CirrusError, describeError } from '@cirrus/errors'
import { createLogger, loggerOptions } from '@cirrus/logging'
import { loadWorkerConfig } from './config.ts'
import { type Worker, createWorker } from './create-worker.ts'

const exitCodes = { stopped: 0, bug: 1, configuration: 2 } as const

function openWorker(): Worker {
  const config = loadWorkerConfig(process.env)
  const logger = createLogger({
    service: 'worker',
    env: config.env,
    team: services.worker.team,
    ...loggerOptions(config),
  })
  return createWorker(config, { logger })
}

async function main(): Promise<void> {
  const worker = openWorker()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      worker.stop(signal).then(() => process.exit(exitCodes.stopped), fail)
    })
  }
  await worker.start()
}

function fail(error: unknown): void {
  process.stderr.write(`${describeError(error)}\n`)
  process.exit(error instanceof CirrusError ? exitCodes.configuration : exitCodes.bug)
}

main().catch(fail)
