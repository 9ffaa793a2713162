import { describe, expect, it } from 'vitest'
import { alertFile, foundBy, severitiesOf } from '../../test/found-by.ts'

describe('constant-comparison', () => {
  it.each(['count(up == 0) == 0', 'count(x) < 0', '1 > bool 2'])('finds %s', (expr) => {
    expect(foundBy('constant-comparison', alertFile(expr))).toHaveLength(1)
  })

  it('takes a condition that says nothing for harmless', () => {
    const given = alertFile('absent(up) == 1')
    expect(severitiesOf('constant-comparison', given)).toEqual(['info'])
    expect(severitiesOf('constant-comparison', alertFile('count(up) == 0'))).toEqual(['warning'])
  })

  it.each(['count(up == 0) > 3', 'rate(x_total[5m]) > 0', 'sum(x) == 0', 'absent(up)'])(
    'accepts %s',
    (expr) => {
      expect(foundBy('constant-comparison', alertFile(expr))).toEqual([])
    },
  )
})
