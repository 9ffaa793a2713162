import { Type } from 'typebox'

const levels = ['debug', 'info', 'warn', 'error', 'fatal'] as const

/** Settings of logging that every process shares; spread them into the schema of its configuration. */
export const logSettings = {
  logLevel: Type.Enum(levels, {
    default: 'info',
    env: 'CIRRUS_LOG_LEVEL',
    description: 'least severe level that is logged',
  }),
  lokiUrl: Type.Optional(
    Type.String({
      pattern: '^https?://',
      env: 'CIRRUS_LOG_LOKI_URL',
      description: 'Loki to push to without a shipper',
    }),
  ),
  lokiTenant: Type.Optional(
    Type.String({ env: 'CIRRUS_LOG_LOKI_TENANT', description: 'tenant of that Loki' }),
  ),
}

interface LogConfig {
  readonly logLevel: (typeof levels)[number]
  readonly lokiUrl?: string
  readonly lokiTenant?: string
}

/** The part of `createLogger`'s options that these settings decide. */
export function loggerOptions({ logLevel, lokiUrl, lokiTenant }: LogConfig): {
  readonly level: LogConfig['logLevel']
  readonly loki?: { readonly url: string; readonly tenant?: string }
} {
  if (lokiUrl === undefined) return { level: logLevel }
  const tenant = lokiTenant === undefined ? {} : { tenant: lokiTenant }
  return { level: logLevel, loki: { url: lokiUrl, ...tenant } }
}
