import { logEvents } from '@cirrus/catalog'
import { describe, expect, it } from 'vitest'
import { type LoggerOptions, createLogger, logEvent } from './index.ts'

interface Capture {
  readonly lines: readonly Record<string, unknown>[]
  readonly logger: ReturnType<typeof createLogger>
}

function capture(options: Partial<LoggerOptions> = {}): Capture {
  const lines: Record<string, unknown>[] = []
  const destination = { write: (text: string) => void lines.push(JSON.parse(text)) }
  const defaults = { service: 'api', env: 'staging', level: 'info' } as const
  return { lines, logger: createLogger({ ...defaults, ...options, destination }) }
}

describe('createLogger', () => {
  it('writes the common fields, the level by name and the time in RFC 3339', () => {
    const { lines, logger } = capture({ team: 'platform' })
    logger.info({ request_id: 'r-1' }, 'hello')
    expect(lines).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        level: 'info',
        service: 'api',
        env: 'staging',
        team: 'platform',
        request_id: 'r-1',
        msg: 'hello',
      },
    ])
  })

  it('writes errors with code and chain of causes', () => {
    const { lines, logger } = capture()
    const cause = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    logger.error({ err: new TypeError('no store', { cause }) }, 'failed')
    expect(lines[0]?.['err']).toMatchObject({
      type: 'TypeError',
      message: 'no store',
      stack: expect.stringContaining('create-logger.test.ts'),
      cause: { type: 'Error', message: 'refused', code: 'ECONNREFUSED' },
    })
  })

  it('ends on a circular cause', () => {
    const { lines, logger } = capture()
    const error = new Error('loop')
    error.cause = error
    logger.error({ err: error }, 'failed')
    expect(JSON.stringify(lines[0]).length).toBeLessThan(10_000)
  })

  it('never writes secrets', () => {
    const { lines, logger } = capture()
    const pem = '-----BEGIN PRIVATE KEY-----\nhush-1\n-----END PRIVATE KEY-----'
    logger.info({ token: 'hush-2', headers: { authorization: 'hush-3', 'set-cookie': 'hush-4' } })
    logger.error({ err: new Error(`redis://:hush-5@a:1 Bearer hush-6 ${pem}`) })
    logger.error({ err: { message: 'thrown literal', password: 'hush-7' } })
    expect(JSON.stringify(lines)).not.toContain('hush')
    expect(lines[1]?.['err']).toMatchObject({
      message: 'redis://[redacted]@a:1 Bearer [redacted] [redacted]',
    })
  })
})

describe('logEvent', () => {
  it('writes name, message, level and fields of the event', () => {
    const { lines, logger } = capture()
    logEvent(logger, logEvents.serviceStarted, { port: 8080 })
    expect(lines[0]).toMatchObject({
      event: 'service.started',
      level: 'info',
      msg: 'started',
      port: 8080,
    })
  })

  it('leaves out fields that are undefined', () => {
    const { lines, logger } = capture()
    logEvent(logger, logEvents.apiRequest, { caller: undefined, status: 200 })
    expect(lines[0]).not.toHaveProperty('caller')
  })

  it('lets the caller raise the level', () => {
    const { lines, logger } = capture()
    logEvent(logger, logEvents.apiRequest, { status: 503 }, { level: 'error' })
    expect(lines[0]?.['level']).toBe('error')
  })

  it('does not write below the level of the logger', () => {
    const { lines, logger } = capture({ level: 'warn' })
    logEvent(logger, logEvents.storeRestored)
    expect(lines).toEqual([])
  })

  it('does not compile with fields that the event lacks', () => {
    const { logger } = capture()
    const wrong = (): void => {
      // @ts-expect-error `colour` is no field
      logEvent(logger, logEvents.apiRequest, { colour: 'red' })
      // @ts-expect-error `lines` is a field of other events
      logEvent(logger, logEvents.apiRequest, { lines: 1 })
      // @ts-expect-error a status is a number
      logEvent(logger, logEvents.apiRequest, { status: '200' })
    }
    expect(wrong).toBeTypeOf('function')
  })
})
