import { logEvents } from '@cirrus/catalog'
import { ConfigError } from '@cirrus/config'
import { type Logger, createLogger, logEvent, loggerOptions } from '@cirrus/logging'
import { connectStore } from '@cirrus/store'
import { Registry } from 'prom-client'
import { buildApp } from './build-app.ts'
import { type ApiConfig, loadApiConfig } from './config.ts'

const EXIT_BUG = 1
const EXIT_CONFIG = 2
const SHUTDOWN_TIMEOUT_MS = 5000

async function main(): Promise<void> {
  const config = loadApiConfig(process.env)
  const { env } = config
  const logger = createLogger({ service: 'api', env, team: 'platform', ...loggerOptions(config) })
  const stop = await start(config, logger)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void shutDown(stop, logger, signal))
  }
}

async function start(config: ApiConfig, logger: Logger): Promise<() => Promise<void>> {
  const store = await connectStore({
    url: config.redisUrl,
    onLost: (err) => logEvent(logger, logEvents.storeLost, { err }),
    onRestored: () => logEvent(logger, logEvents.storeRestored),
  })
  const app = await buildApp({ config, store, registry: new Registry(), logger })
  await app.listen({ host: config.host, port: config.port })
  logEvent(logger, logEvents.serviceStarted, { port: config.port })
  return async () => {
    await app.close()
    await store.close()
  }
}

async function shutDown(stop: () => Promise<void>, logger: Logger, reason: string): Promise<void> {
  // Requests that hang must not keep the process.
  setTimeout(() => process.exit(EXIT_BUG), SHUTDOWN_TIMEOUT_MS).unref()
  await stop()
  logEvent(logger, logEvents.serviceStopped, { reason })
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`)
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : EXIT_BUG)
}
