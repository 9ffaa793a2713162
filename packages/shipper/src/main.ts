import { logEvents, services } from '@cirrus/catalog'
import { ConfigError } from '@cirrus/config'
import { describeError } from '@cirrus/errors'
import { type Logger, createLogger, logEvent, loggerOptions } from '@cirrus/logging'
import { createMetricsServer } from '@cirrus/metrics'
import { Registry } from 'prom-client'
import { SpoolLockedError } from '@cirrus/spool'
import { type ShipperConfig, loadShipperConfig } from './config.ts'
import { type Shipper, createShipper } from './shipper.ts'

const EXIT_BUG = 1
const EXIT_CONFIG = 2

async function main(): Promise<void> {
  const config = loadShipperConfig(process.env)
  const { env, host, port } = config
  const team = services.shipper.team
  const logger = createLogger({ service: 'shipper', env, team, ...loggerOptions(config) })
  const registry = new Registry()
  const shipper = await openShipper(config, { logger, registry })
  const server = createMetricsServer({ registry, host, port, status: () => shipper.status() })
  logEvent(logger, logEvents.serviceStarted, { port: await server.start() })
  let reason = 'the input has ended'
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      reason = signal
      void shipper.stop()
    })
  }
  await shipper.run()
  await server.close()
  logEvent(logger, logEvents.serviceStopped, { reason })
}

function openShipper(
  config: ShipperConfig,
  { logger, registry }: { readonly logger: Logger; readonly registry: Registry },
): Promise<Shipper> {
  const { files, stdin, dockerDirectory, env, spoolDirectory, spoolMaxBytes } = config
  return createShipper({
    files,
    ...(stdin === undefined ? {} : { pipe: { service: stdin, stream: process.stdin } }),
    ...(dockerDirectory === undefined ? {} : { dockerDirectory }),
    loki: {
      url: config.targetUrl,
      ...(config.targetTenant === undefined ? {} : { tenant: config.targetTenant }),
    },
    spoolDirectory,
    spoolMaxBytes,
    env,
    logger,
    registry,
    clock: Date.now,
    random: Math.random,
  })
}

try {
  await main()
  process.exit()
} catch (error) {
  process.stderr.write(`${describeError(error)}\n`)
  const isUsage = error instanceof ConfigError || error instanceof SpoolLockedError
  process.exit(isUsage ? EXIT_CONFIG : EXIT_BUG)
}
