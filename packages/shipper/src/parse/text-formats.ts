import { type LogEvent, type LogLevel, logEvents } from '@cirrus/catalog'
import { localTime } from './log-time.ts'
import { scrubClient } from './scrub.ts'

/** What can be told of a line that is not JSON. */
export interface TextLine {
  readonly msg: string
  /** RFC 3339. */
  readonly time?: string | undefined
  readonly level?: LogLevel | undefined
  readonly event?: LogEvent
  /** A host name that the client gave: not to be trusted. */
  readonly host?: string | undefined
}

/** Reads a line of any program: in the first format that fits, else as plain text. */
export function parseText(text: string): TextLine {
  return parseNginxError(text) ?? parseRedis(text) ?? parseLogfmt(text) ?? { msg: text }
}

const levels: Readonly<Record<string, LogLevel>> = {
  trace: 'debug',
  debug: 'debug',
  info: 'info',
  notice: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  crit: 'error',
  critical: 'error',
  alert: 'fatal',
  emerg: 'fatal',
  fatal: 'fatal',
}

const NGINX = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) \[(\w+)\] \d+#\d+: (.*)$/s
const NGINX_HOST = /, host: "([^":]{1,253})(?::\d+)?"/

function parseNginxError(text: string): TextLine | undefined {
  const match = NGINX.exec(text)
  if (match === null) return undefined
  const [level = '', message = ''] = match.slice(7)
  return {
    msg: scrubClient(message),
    time: localTime(match.slice(1, 7)),
    level: levels[level],
    event: logEvents.edgeError,
    host: NGINX_HOST.exec(message)?.[1]?.toLowerCase(),
  }
}

const REDIS = /^\d+:[A-Z] (\d\d) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d)\.(\d{3}) ([.\-*#]) (.*)$/s
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'
const redisLevels: Readonly<Record<string, LogLevel>> = {
  '.': 'debug',
  '-': 'debug',
  '*': 'info',
  '#': 'warn',
}

function parseRedis(text: string): TextLine | undefined {
  const match = REDIS.exec(text)
  if (match === null) return undefined
  const [day, monthName = '', year, hour, minute, second, ms, mark = '', msg = ''] = match.slice(1)
  const month = String(MONTHS.indexOf(monthName) / 3 + 1)
  return {
    msg,
    time: localTime([year, month, day, hour, minute, second, ms]),
    level: redisLevels[mark],
  }
}

const LOGFMT = /^\w+=(?:"(?:[^"\\]|\\.)*"|\S*) \w+=/
const LOGFMT_TIME = /\b(?:ts|time)="?([^\s"]{20,35})/
const LOGFMT_LEVEL = /\blevel="?(\w+)/

/** Loki, Prometheus and Alertmanager; their text stays whole. */
function parseLogfmt(text: string): TextLine | undefined {
  if (!LOGFMT.test(text)) return undefined
  const level = LOGFMT_LEVEL.exec(text)?.[1]?.toLowerCase() ?? ''
  return { msg: text, time: LOGFMT_TIME.exec(text)?.[1], level: levels[level] }
}
