import { describe, expect, it } from 'vitest'
import { parseAccessLine } from './access-line.ts'

const line = {
  time: '2026-11-23T20:00:00.123Z',
  request_id: 'r1',
  domain: 'news.demo.test',
  status: 200,
  bytes_out: 512,
}
const parse = (changes: object) => parseAccessLine(JSON.stringify({ ...line, ...changes }))

describe('parseAccessLine', () => {
  it('takes the fields of the table and leaves the others', () => {
    const row = parse({ duration: 0.25, cache: 'HIT', upstreams: [], surprise: 1 })
    expect(row).toMatchObject({ ...line, duration: 0.25, cache: 'HIT' })
    expect(row).not.toHaveProperty('upstreams')
    expect(row).not.toHaveProperty('surprise')
  })

  it('takes absent and empty fields as null', () => {
    expect(parse({ team: '', client: null })).toMatchObject({ team: null, client: null, env: null })
  })

  it('books requests without a domain to the unknown one', () => {
    expect(parse({ domain: '' })?.domain).toBe('__unknown__')
  })

  it('replaces half a surrogate pair', () => {
    expect(parse({ path: '/\ud800' })?.path).toBe('/\ufffd')
  })

  it.each([
    ['text that is no JSON', '{"time"'],
    ['JSON that is no object', '[1]'],
    ['a status in text', JSON.stringify({ ...line, status: '200' })],
    ['a negative size', JSON.stringify({ ...line, bytes_out: -1 })],
    ['a size that is no whole number', JSON.stringify({ ...line, bytes_out: 1.5 })],
    ['a size beyond exact numbers', JSON.stringify({ ...line, bytes_out: 2 ** 53 })],
    ['a path that is no text', JSON.stringify({ ...line, path: 1 })],
    ['a time that is none', JSON.stringify({ ...line, time: '2026-13-01T00:00:00Z' })],
    ['a time without zone', JSON.stringify({ ...line, time: '2026-11-23T20:00:00' })],
    ['a line without request id', JSON.stringify({ ...line, request_id: '' })],
  ])('refuses %s', (_, text) => {
    expect(parseAccessLine(text)).toBeUndefined()
  })
})
