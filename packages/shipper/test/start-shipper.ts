import { createLogger } from '@cirrus/logging'
import { Registry } from 'prom-client'
import { onTestFinished } from 'vitest'
import { type Shipper, type ShipperOptions, createShipper } from '../src/index.ts'

export interface StartedShipper extends Shipper {
  readonly registry: Registry
  /** What it logged. */
  readonly logged: readonly Readonly<Record<string, unknown>>[]
}

type Given = Pick<ShipperOptions, 'spoolDirectory' | 'loki'> & Partial<ShipperOptions>

/** A shipper in this process, quick to poll and to retry, stopped after the test. */
export async function startShipper(given: Given): Promise<StartedShipper> {
  const registry = new Registry()
  const logged: Record<string, unknown>[] = []
  const destination = { write: (text: string) => void logged.push(JSON.parse(text)) }
  const shipper = await createShipper({
    env: 'staging',
    logger: createLogger({ service: 'shipper', env: 'staging', level: 'info', destination }),
    registry,
    clock: Date.now,
    random: () => 0.5,
    pollMs: 20,
    rotatedMs: 500,
    retryMaxMs: 200,
    drainMs: 2000,
    ...given,
  })
  const running = shipper.run()
  onTestFinished(async () => {
    await shipper.stop()
    await running
  })
  return {
    registry,
    logged,
    run: () => running,
    stop: () => shipper.stop(),
    status: () => shipper.status(),
  }
}
