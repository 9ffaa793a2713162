import { describe, expect, it } from 'vitest'
import { describeError } from './describe-error.ts'

describe('describeError', () => {
  it('lists the chain of causes, outermost first', () => {
    const error = new Error('Cannot start', { cause: new Error('port 6379 is taken') })
    expect(describeError(error)).toBe('Cannot start: port 6379 is taken')
  })

  it('describes values that are not errors', () => {
    expect(describeError('plain text')).toBe('plain text')
  })

  it('ends on a circular cause', () => {
    const error = new Error('loop')
    error.cause = error
    expect(describeError(error)).toBe('loop')
  })
})
