import { describe, expect, it } from 'vitest'
import { alertFile, foundBy } from '../../test/found-by.ts'

describe('template-syntax', () => {
  it('points at what is wrong in annotations and labels', () => {
    const more = [
      'labels:',
      '  team: "{{ $label.team }}"',
      'annotations:',
      '  summary: "{{ $value"',
    ]
    expect(foundBy('template-syntax', alertFile('up == 0', more))).toEqual([
      'rules.yaml:7:21 In "team" of Demo: The variable $label does not exist.',
      'rules.yaml:9:21 In "summary" of Demo: "{{" is never closed by "}}".',
    ])
  })

  it('accepts what Prometheus accepts', () => {
    const more = [
      'annotations:',
      '  summary: "{{ with query `up` }}{{ . | first | value | humanize }}{{ end }}"',
    ]
    expect(foundBy('template-syntax', alertFile('up == 0', more))).toEqual([])
  })
})
