import { describe, expect, it } from 'vitest'
import { encodeTemplate, expandTemplate } from './template.ts'
import { valueFormats } from './value-format.ts'

const labels = { host: 'a b.test', node: 'edge-a' }

describe('encodeTemplate', () => {
  it('encodes text, and lets label references encode themselves', () => {
    expect(encodeTemplate('x="{{ $labels.host }}"')).toBe('x%3D%22{{ $labels.host | urlquery }}%22')
  })
})

describe('expandTemplate', () => {
  it('fills in labels, plain and encoded', () => {
    const template = '{{ $labels.host }} {{ $labels.host | urlquery }} {{ $labels.none }}.'
    expect(expandTemplate(template, labels, { value: 1, unit: 'count' })).toBe(
      'a b.test a%20b.test .',
    )
  })

  it.each([
    ['ratio', 0.12345, '12.35%'],
    ['ratio', 14.4, '1440%'],
    ['ratio', 1234.6, '1.235e+05%'],
    ['seconds', 0, '0s'],
    ['seconds', 0.0125, '12.5ms'],
    ['seconds', 4.975, '4.975s'],
    ['seconds', 600, '10m 0s'],
    ['seconds', -90_061, '-1d 1h 1m 1s'],
    ['count', 12, '12'],
    ['count/s', 1.005, '1.00'],
  ] as const)('writes %s as Go does: %d', (unit, value, text) => {
    expect(expandTemplate(valueFormats[unit].template, {}, { value, unit })).toBe(text)
  })
})
