import { type Tree, at, itemsAt, numberAt, textAt } from '../source/tree.ts'
import type { Dashboard, Datasource, Grid, Panel, Target } from './dashboard.ts'
import { legendOf, linksOf, readGrid, thresholdsOf } from './read-dashboard.ts'
import { type KnownDatasources, languageOf, readDatasource } from './read-datasource.ts'
import type { Language } from './rule-file.ts'

/** Whether a document is a dashboard manifest of version 2, with elements and a layout. */
export function isManifest(document: Tree): boolean {
  return (
    textAt(document, 'apiVersion')?.value.startsWith('dashboard.grafana.app/v2') === true &&
    at(document, 'spec', 'elements')?.kind === 'map'
  )
}

/** Reads a manifest of version 2. */
export function readManifest(path: string, document: Tree): Dashboard {
  const spec = at(document, 'spec')
  const variables = itemsAt(spec, 'variables')
  const known = knownDatasources(variables)
  const elements = at(spec, 'elements')
  const grids = gridsOf(spec)
  return {
    path,
    uid: textAt(document, 'metadata', 'name'),
    title: textAt(spec, 'title')?.value ?? '',
    variables: variables.flatMap((variable) => textAt(variable, 'spec', 'name') ?? []),
    panels: [...(elements?.kind === 'map' ? elements.entries : [])]
      .filter(([, element]) => textAt(element, 'kind')?.value === 'Panel')
      .map(([name, element]) => readPanel(element, grids.get(name), known)),
  }
}

function knownDatasources(variables: readonly Tree[]): KnownDatasources {
  const known = new Map<string, Language | undefined>()
  for (const variable of variables) {
    if (textAt(variable, 'kind')?.value !== 'DatasourceVariable') continue
    const name = textAt(variable, 'spec', 'name')?.value ?? ''
    known.set(name, languageOf(textAt(variable, 'spec', 'pluginId')?.value))
  }
  return known
}

/** Positions by element; only those of a grid at the top, where all are drawn beside each other. */
function gridsOf(spec: Tree | undefined): ReadonlyMap<string, Grid> {
  const grids = new Map<string, Grid>()
  for (const item of itemsAt(spec, 'layout', 'spec', 'items')) {
    const name = textAt(item, 'spec', 'element', 'name')
    const grid = readGrid(at(item, 'spec'), { w: 'width', h: 'height' })
    if (name && grid) grids.set(name.value, grid)
  }
  return grids
}

function readPanel(tree: Tree, grid: Grid | undefined, known: KnownDatasources): Panel {
  const spec = at(tree, 'spec')
  const viz = at(spec, 'vizConfig')
  const defaults = at(viz, 'spec', 'fieldConfig', 'defaults')
  return {
    id: numberAt(spec, 'id'),
    kind: (textAt(viz, 'group') ?? textAt(viz, 'kind'))?.value ?? '',
    title: textAt(spec, 'title')?.value ?? '',
    description: textAt(spec, 'description')?.value ?? '',
    unit: textAt(defaults, 'unit'),
    hasMappings: itemsAt(defaults, 'mappings').length > 0,
    grid,
    scope: 'dashboard',
    datasource: undefined,
    targets: itemsAt(spec, 'data', 'spec', 'queries').map((query) => readTarget(query, known)),
    thresholds: thresholdsOf(defaults),
    links: spec ? linksOf(spec, defaults) : [],
    place: () => tree.place(),
  }
}

function readTarget(tree: Tree, known: KnownDatasources): Target {
  const query = at(tree, 'spec', 'query')
  return {
    refId: textAt(tree, 'spec', 'refId'),
    expr: textAt(query, 'spec', 'expr'),
    legend: legendOf(at(query, 'spec')),
    datasource: readDatasource(at(tree, 'spec', 'datasource'), known) ?? datasourceOf(query, known),
    place: () => tree.place(),
  }
}

/** The kind of data source is the query's group, or in older versions its kind. */
function datasourceOf(query: Tree | undefined, known: KnownDatasources): Datasource | undefined {
  const kind = textAt(query, 'group') ?? textAt(query, 'kind')
  const named = readDatasource(at(query, 'datasource'), known)
  if (!kind && !named) return undefined
  return { language: languageOf(kind?.value) ?? named?.language, reference: named?.reference }
}
