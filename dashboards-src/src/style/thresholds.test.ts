import { edgeSignals, telemetrySignals, workerSignals } from '@cirrus/queries'
import { describe, expect, it } from 'vitest'
import { toSteps } from './thresholds.ts'

describe('toSteps', () => {
  it('gets worse upwards', () => {
    expect(toSteps(edgeSignals.errorRatio)).toEqual([
      { value: null, color: 'green' },
      { value: 0.02, color: 'yellow' },
      { value: 0.05, color: 'red' },
    ])
  })

  it('gets worse downwards', () => {
    expect(toSteps(telemetrySignals.targetsUpRatio)).toEqual([
      { value: null, color: 'red' },
      { value: 0.5, color: 'yellow' },
      { value: 1, color: 'green' },
    ])
  })

  it('is yellow at worst where nobody is paged', () => {
    expect(toSteps(edgeSignals.hitRatio)).toEqual([
      { value: null, color: 'yellow' },
      { value: 0.3, color: 'green' },
    ])
  })

  it('is all good without thresholds', () => {
    expect(toSteps(workerSignals.nodesUp)).toEqual([{ value: null, color: 'green' }])
  })
})
