import type { Unit } from '@cirrus/catalog'

/** What the samples of a query count or measure. */
export type Quantity = Unit | 'count/s' | 'bytes/s' | 'cost/h'

/** The unit of `rate` over a counter. */
export const perSecond = {
  count: 'count/s',
  bytes: 'bytes/s',
  seconds: 'ratio',
  ratio: 'ratio',
  boolean: 'count/s',
  timestamp: 'ratio',
} as const satisfies Record<Unit, Quantity>

/** The unit of a sum: ones and zeros add up to a count. */
export const summed = {
  boolean: 'count',
  count: 'count',
  bytes: 'bytes',
  seconds: 'seconds',
  ratio: 'ratio',
  timestamp: 'timestamp',
  'count/s': 'count/s',
  'bytes/s': 'bytes/s',
  'cost/h': 'cost/h',
} as const satisfies Record<Quantity, Quantity>

/** The unit of an average: of ones and zeros it is the share of ones. */
export const averaged = { ...summed, boolean: 'ratio' } as const satisfies Record<
  Quantity,
  Quantity
>
