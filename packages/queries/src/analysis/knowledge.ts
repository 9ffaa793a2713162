/** What a metric is, as far as queries care. */
export interface MetricKnowledge {
  readonly kind: 'counter' | 'gauge' | 'histogram' | 'summary' | 'info' | 'unknown'
  /** Labels that every series has, those added by the scrape included. */
  readonly labels: readonly string[]
  /** Labels that only some series have. */
  readonly optionalLabels?: readonly string[]
  /** Whether no series has any other label. */
  readonly closed: boolean
}

/** What an analysis may take for granted; whatever is absent is unknown. */
export interface QueryKnowledge {
  /** By the name of a series: `x_bucket`, not `x`, of a classic histogram. */
  readonly metric?: (name: string) => MetricKnowledge | undefined
  /** Every label and structured metadata field that lines can carry before a query parses them. */
  readonly lineLabels?: readonly string[]
  readonly scrapeIntervalSeconds?: number
}
