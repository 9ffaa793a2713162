import type { Project, Query } from './project.ts'

/** Names of the metrics that a query selects. */
export function metricsOf({ analysis }: Query): readonly string[] {
  return analysis.selectors.flatMap(({ metric }) => metric ?? [])
}

/** The metric that a series of a classic histogram or summary belongs to. */
export function baseName(series: string): string {
  return series.replace(/_(bucket|sum|count)$/, '')
}

/** Names that recording rules write. */
export function recordedNames({ rules }: Project): ReadonlySet<string> {
  return new Set(rules.flatMap(({ rule }) => (rule.kind === 'record' ? rule.name.value : [])))
}

/**
 * Tells the metrics behind a query: those it selects, and those that records among them are made of;
 * parts of a histogram count as one.
 */
export function createSourcesOf({ queries }: Project): (query: Query) => ReadonlySet<string> {
  const recordings = new Map<string, readonly string[]>()
  for (const query of queries) {
    if (query.owner.kind !== 'rule' || query.owner.rule.kind !== 'record') continue
    const { value } = query.owner.rule.name
    recordings.set(value, [...(recordings.get(value) ?? []), ...metricsOf(query)])
  }
  return (query) => {
    const found = new Set<string>()
    const open = [...metricsOf(query)]
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (found.has(baseName(name))) continue
      found.add(baseName(name))
      open.push(...(recordings.get(name) ?? []))
    }
    return found
  }
}
