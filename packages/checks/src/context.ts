import type { QueryKnowledge } from '@cirrus/queries'
import type { Place } from './source/source-file.ts'

/** A metric as the checks need it, from a typed catalog or learned from a scrape. */
export interface CatalogMetric {
  readonly name: string
  readonly kind: 'counter' | 'gauge' | 'histogram' | 'info'
  /** Labels with the most values each may take; those that the scraper adds left out. */
  readonly labels: readonly { readonly name: string; readonly bound: number }[]
  /** Number of buckets without +Inf. */
  readonly buckets: number
  /** How many processes export it. */
  readonly instances: number
  /** Where it is defined. */
  readonly place: Place
}

/** Every metric there is. */
export type Catalog = readonly CatalogMetric[]

/** What is known besides the files; a check that lacks what it needs says nothing. */
export interface Context {
  /** What queries may take for granted. */
  readonly knowledge?: QueryKnowledge
  readonly catalog?: Catalog
  /** Names of the runbook files there are. */
  readonly runbooks?: ReadonlySet<string>
  /** The files are all there are: what they do not define does not exist. */
  readonly complete?: true
  /** The most series one metric may have. */
  readonly seriesPerMetric?: number
}
