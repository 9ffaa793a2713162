import type { Input, InputSeries, Segment } from './input.ts'

/** What a test is fed with for some time. */
export interface Phase {
  readonly seconds: number
  readonly input: readonly Input[]
  /** Every counter starts anew, as after a restart. */
  readonly restart?: boolean
}

/** Phases one after the other, as one input; every phase has the same series. */
export function inPhases([first, ...others]: readonly [Phase, ...Phase[]]): readonly Input[] {
  return first.input.filter(isSeries).map((series, index) => {
    let atSeconds = first.seconds
    const later = others.map(({ input, restart = false, seconds }): Segment => {
      const next = input.filter(isSeries)[index] ?? series
      const start = !series.counts ? next.start : restart ? 0 : undefined
      const segment = {
        atSeconds,
        perSecond: next.perSecond,
        ...(start !== undefined && { start }),
      }
      atSeconds += seconds
      return segment
    })
    return { ...series, later }
  })
}

export function isSeries(input: Input): input is InputSeries {
  return input.kind === 'series'
}
