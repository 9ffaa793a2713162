import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Metric, metrics } from '@cirrus/catalog'
import type { Catalog, Context, Place } from '@cirrus/checks'
import { catalogKnowledge } from '@cirrus/queries'
import type { CheckSettings } from './settings.ts'

const CATALOG = 'packages/catalog/src'

/** What Cirrus knows of its own metrics. */
export async function catalogContext(root: string, settings: CheckSettings): Promise<Context> {
  const places = await metricPlaces(root)
  const catalog = Object.values(metrics).map((metric: Metric) => ({
    name: metric.name,
    kind: metric.kind,
    labels: metric.labels.map(({ name, bound }) => ({ name, bound })),
    buckets: metric.buckets?.length ?? 0,
    instances: metric.services.reduce((sum, name) => sum + (settings.instances?.[name] ?? 1), 0),
    place: places.get(metric.name) ?? { file: CATALOG, line: 1, column: 1 },
  })) satisfies Catalog
  const budget = settings.series_per_metric
  return {
    knowledge: catalogKnowledge(),
    catalog,
    ...(budget !== undefined && { seriesPerMetric: budget }),
  }
}

/** Where each metric is defined; a checkout that has no sources has no places. */
async function metricPlaces(root: string): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>()
  const names = await readdir(join(root, CATALOG)).catch(() => [])
  for (const name of names.filter((file) => file.endsWith('-metrics.ts'))) {
    const lines = (await readFile(join(root, CATALOG, name), 'utf8')).split('\n')
    lines.forEach((line, index) => {
      const match = /^\s*name: '([a-z_\d]+)'/.exec(line)
      const place = { file: `${CATALOG}/${name}`, line: index + 1, column: line.search(/\S/) + 1 }
      if (match?.[1]) places.set(match[1], place)
    })
  }
  return places
}
