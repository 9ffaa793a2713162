import { describe, expect, it } from 'vitest'
import { isHost, normaliseDomainName } from './index.ts'

describe('normaliseDomainName', () => {
  it.each([
    ['lower-cases', 'News.Demo.TEST', 'news.demo.test'],
    ['drops the dot at the end', 'news.demo.test.', 'news.demo.test'],
    ['turns other scripts into ASCII', 'bücher.example', 'xn--bcher-kva.example'],
    ['keeps ASCII forms', 'xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['maps full-width letters', 'ａ.test', 'a.test'],
    ['takes labels of 63 characters', `${'a'.repeat(63)}.test`, `${'a'.repeat(63)}.test`],
  ])('%s', (_, text, name) => {
    expect(normaliseDomainName(text)).toBe(name)
  })

  it.each([
    ['nothing', ''],
    ['a dot', '.'],
    ['a single label', 'localhost'],
    ['an IPv4 address', '192.0.2.1'],
    ['a shortened IPv4 address', '1.2.3'],
    ['a hexadecimal IPv4 address', '0x7f.1'],
    ['an IPv6 address', '[2001:db8::1]'],
    ['a wildcard', '*.demo.test'],
    ['an empty label', 'a..test'],
    ['two dots at the end', 'a.test..'],
    ['a label that starts with a hyphen', '-a.test'],
    ['a label that ends with a hyphen', 'a-.test'],
    ['an underscore', 'a_b.test'],
    ['a port', 'a.test:80'],
    ['a path', 'a.test/x'],
    ['a user', 'u@a.test'],
    ['percent encoding', 'a%41.test'],
    ['white space', ' a.test'],
    ['a line feed', 'a.test\n'],
    ['a NUL', 'a\u0000.test'],
    ['broken Punycode', 'xn--a.test'],
    ['Punycode of nothing', 'xn--.test'],
    ['Punycode of plain ASCII', 'xn--a-.test'],
    ['a label of 64 characters', `${'a'.repeat(64)}.test`],
    ['254 characters', `${'a.'.repeat(125)}test`],
  ])('rejects %s', (_, text) => {
    expect(normaliseDomainName(text)).toBeUndefined()
  })
})

describe('isHost', () => {
  it.each(['127.0.0.1', '::1', 'origin', 'origin_1', 'a.b.test'])('takes %s', (text) => {
    expect(isHost(text)).toBe(true)
  })

  it.each(['', '1.2.3', '999.1.1.1', 'a b', 'a:80', 'a/b', '-a', '[::1]', 'a..b'])(
    'rejects %j',
    (text) => {
      expect(isHost(text)).toBe(false)
    },
  )
})
