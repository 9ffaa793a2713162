import { CirrusError } from '@cirrus/errors'
import { createOrigins } from './create-origins.ts'
import { loadOriginsConfig } from './origins-config.ts'

try {
  const origins = await createOrigins(loadOriginsConfig(process.env), {
    nowMs: () => Date.now(),
    random: () => Math.random(),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => origins.close())
} catch (error) {
  process.exitCode = error instanceof CirrusError ? 2 : 1
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
}
