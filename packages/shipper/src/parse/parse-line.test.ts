import { describe, expect, it } from 'vitest'
import type { RawLine } from '../inputs/input.ts'
import { type ParsedLine, type Unparsable, parseLine } from './parse-line.ts'

const nowMs = Date.UTC(2026, 10, 23, 10)
const context = {
  nowMs,
  env: 'staging',
  isKnownDomain: (name: string) => name === 'a.test',
} as const

function parse(text: string, raw: Partial<RawLine> = {}): ParsedLine | Unparsable {
  return parseLine({ text, service: 'edge', ...raw }, context)
}

function parseOk(text: string, raw: Partial<RawLine> = {}): ParsedLine {
  const parsed = parse(text, raw)
  if (typeof parsed === 'string') throw new TypeError(parsed)
  return parsed
}

/** The local time that a server on this machine writes for `nowMs`. */
function local(pattern: (date: Date, two: (value: number) => string) => string): string {
  return pattern(new Date(nowMs), (value) => String(value).padStart(2, '0'))
}

describe('parseLine of JSON', () => {
  it('keeps the line as it is and takes time, labels and metadata from its fields', () => {
    const text =
      '{"time":"2026-11-23T09:59:59.123456789Z","service":"api","env":"production","domain":"a.test","status":200,"request_id":"r-1","path":"/x","unknown":{"a":1}}'
    expect(parseOk(text)).toEqual({
      line: text,
      timeNs: 1795427999123456789n,
      labels: { service: 'api', env: 'production', domain: 'a.test' },
      metadata: { status: '200', request_id: 'r-1' },
    })
  })

  it('falls back to the service of the input and to the clock', () => {
    const { labels, timeNs } = parseOk('{"service":"evil","time":"yesterday"}')
    expect(labels).toEqual({ service: 'edge' })
    expect(timeNs).toBe(BigInt(nowMs) * 1_000_000n)
  })

  it('shortens metadata and leaves out what is no plain value', () => {
    const { metadata } = parseOk(
      JSON.stringify({ request_id: 'x'.repeat(5000), event: {}, node: null }),
    )
    expect(metadata).toEqual({ request_id: 'x'.repeat(1024) })
  })

  it.each([
    ['prototype keys', '{"__proto__":{"status":500},"constructor":1}', {}],
    ['a nested label', '{"domain":["a.test"]}', {}],
    ['deep nesting', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, {}],
  ])('survives %s', (_, text, metadata) => {
    const parsed = parseOk(text)
    expect(parsed.metadata).toEqual(metadata)
    expect(parsed.labels).toEqual({ service: 'edge' })
  })
})

describe('parseLine of text', () => {
  it('makes an error line of nginx an event, without client addresses and queries', () => {
    const time = local((date, two) => {
      const day = `${date.getFullYear()}/${two(date.getMonth() + 1)}/${two(date.getDate())}`
      return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
    })
    const text = `${time} [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.7, server: , request: "GET /cart?token=abc HTTP/1.1", upstream: "http://10.0.0.1:9001/cart?token=abc", host: "A.test:8080"`
    const { line, labels, metadata } = parseOk(text)
    expect(JSON.parse(line)).toEqual({
      time: '2026-11-23T10:00:00.000Z',
      level: 'error',
      service: 'edge',
      env: 'staging',
      domain: 'a.test',
      event: 'edge.error',
      msg: '*1 connect() failed (111: Connection refused) while connecting to upstream, client: -, server: , request: "GET /cart?- HTTP/1.1", upstream: "http://10.0.0.1:9001/cart?-", host: "A.test:8080"',
    })
    expect(labels).toEqual({ service: 'edge', env: 'staging', domain: 'a.test' })
    expect(metadata).toEqual({ level: 'error', event: 'edge.error' })
  })

  it('does not take a domain from a client that nobody configured', () => {
    const { line } = parseOk('2026/11/23 10:00:00 [warn] 7#7: x, client: ::1, host: "bomb-1.test"')
    expect(JSON.parse(line)).not.toHaveProperty('domain')
  })

  it.each([
    ['IPv4', 'denied 203.0.113.7, done', 'denied -, done'],
    ['IPv6', 'from [2001:db8::1]:443 x', 'from -:443 x'],
    ['a bare IPv6 client', 'x, client: 2001:db8::1, y', 'x, client: -, y'],
    ['a referrer', 'referrer: "https://a.test/?q=me@x.test"', 'referrer: "https://a.test/?-"'],
  ])('scrubs %s from nginx errors', (_, message, scrubbed) => {
    const { line } = parseOk(`2026/11/23 10:00:00 [error] 7#7: ${message}`)
    expect(JSON.parse(line).msg).toBe(scrubbed)
  })

  it('takes no longer for text that is made to be slow to scrub', () => {
    const traps = ['[:', '?', '1.', 'client: ', '://['].map((trap) => trap.repeat(20_000)).join(' ')
    const startMs = performance.now()
    parseOk(`2026/11/23 10:00:00 [error] 7#7: ${traps.slice(0, 250_000)}`)
    expect(performance.now() - startMs).toBeLessThan(1000)
  })

  it('reads Redis', () => {
    const time = local(
      (date, two) =>
        `${two(date.getDate())} Nov 2026 ${two(date.getHours())}:${two(date.getMinutes())}:00.250`,
    )
    const { line } = parseOk(`71:M ${time} # Server started`, { service: 'redis' })
    expect(JSON.parse(line)).toMatchObject({
      time: '2026-11-23T10:00:00.250Z',
      level: 'warn',
      service: 'redis',
      msg: 'Server started',
    })
  })

  it('reads level and time of Loki and Prometheus', () => {
    const text = 'level=error ts=2026-11-23T09:00:00.5Z caller=a.go:1 msg="went \\"wrong\\""'
    const { line } = parseOk(text, { service: 'loki' })
    expect(JSON.parse(line)).toMatchObject({
      time: '2026-11-23T09:00:00.5Z',
      level: 'error',
      msg: text,
    })
  })

  it.each([
    ['plain text', 'hello'],
    ['broken JSON', '{"a":'],
    ['an array', '[1]'],
    ['control characters', 'a\u0000\u001b[31m\u2028b'],
    ['many quotes', 'a="'.repeat(40_000)],
    ['a long word after a key', `a=${'b'.repeat(200_000)}`],
  ])('wraps %s with the time of the input', (_, text) => {
    const { line, timeNs } = parseOk(text, { time: '2026-11-23T08:00:00Z' })
    expect(JSON.parse(line)).toEqual({
      time: '2026-11-23T08:00:00Z',
      level: 'info',
      service: 'edge',
      env: 'staging',
      msg: text,
    })
    expect(timeNs).toBe(1795420800000000000n)
  })
})

describe('parseLine', () => {
  it('drops what is empty', () => {
    expect(parse(' \r')).toBe('empty')
  })

  it('drops what is, or becomes, longer than a log store takes', () => {
    expect(parseLine({ text: undefined, service: 'edge' }, context)).toBe('too_large')
    expect(parse('\u0001'.repeat(100_000))).toBe('too_large')
  })
})
