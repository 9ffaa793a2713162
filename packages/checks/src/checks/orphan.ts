import { type Report, defineCheck } from '../check.ts'
import type { Catalog } from '../context.ts'
import { baseName, createSourcesOf, metricsOf } from '../model/metrics-of.ts'
import type { Project } from '../model/project.ts'

export const orphan = defineCheck({
  name: 'orphan',
  code: 'CIR502',
  severity: 'info',
  title: 'A metric, record or alert that nobody looks at',
  why: 'It costs series and evaluations, and when it breaks nobody notices.',
  isPossible: ({ complete }) => complete === true,
  check: (project, { catalog = [] }) => {
    const asked = new Set(project.queries.flatMap(metricsOf))
    return [
      ...unusedMetrics(catalog, asked),
      ...unusedRecords(project, asked),
      ...unshownAlerts(project),
    ]
  },
})

function unusedMetrics(catalog: Catalog, asked: ReadonlySet<string>): readonly Report[] {
  const used = new Set([...asked].flatMap((name) => [name, baseName(name)]))
  return catalog
    .filter(({ name }) => !used.has(name))
    .map(({ name, place }) => ({
      place,
      what: `No panel and no rule uses the metric ${name}.`,
      mend: 'Show it, alert on it, or stop exporting it.',
    }))
}

function unusedRecords({ rules }: Project, asked: ReadonlySet<string>): readonly Report[] {
  return rules
    .filter(({ rule }) => rule.kind === 'record' && !asked.has(rule.name.value))
    .map(({ rule }) => ({
      place: rule.name.place(),
      what: `No panel and no rule uses the record ${rule.name.value}.`,
      mend: 'Use it where its query is repeated, or remove it.',
    }))
}

function unshownAlerts(project: Project): readonly Report[] {
  const sourcesOf = createSourcesOf(project)
  const panels = project.queries.filter(({ owner }) => owner.kind === 'panel')
  const shown = new Set(panels.flatMap((query) => [...sourcesOf(query)]))
  return project.queries.flatMap((query): readonly Report[] => {
    if (query.owner.kind !== 'rule' || query.owner.rule.kind !== 'alert') return []
    const { name } = query.owner.rule
    const metrics = [...sourcesOf(query)]
    if (metrics.length === 0 || metrics.some((metric) => shown.has(metric))) return []
    const what = `No panel shows a metric of ${name.value}.`
    return [{ place: name.place(), what, mend: 'Show the signal, so that people can see it grow.' }]
  })
}
