import { type Located, type Tree, at, itemsAt, numberAt, textAt } from '../source/tree.ts'
import type { Dashboard, Grid, Panel, Target } from './dashboard.ts'
import { type KnownDatasources, languageOf, readDatasource } from './read-datasource.ts'
import type { Language } from './rule-file.ts'

/**
 * The classic model within a document: itself, what the HTTP API wraps it in, or the `spec` of a manifest;
 * undefined where it is no dashboard.
 */
export function classicModelOf(document: Tree): Tree | undefined {
  return [document, at(document, 'dashboard'), at(document, 'spec')].find(
    (model) =>
      (at(model, 'panels')?.kind === 'list' || at(model, 'rows')?.kind === 'list') &&
      textAt(model, 'title') !== undefined &&
      ['schemaVersion', 'templating', 'time'].some((key) => at(model, key) !== undefined),
  )
}

/** Reads the classic model, also as old as `rows`. */
export function readDashboard(path: string, document: Tree, model: Tree): Dashboard {
  const known = knownDatasources(model)
  return {
    path,
    uid: textAt(model, 'uid') ?? textAt(document, 'metadata', 'name'),
    title: textAt(model, 'title')?.value ?? '',
    variables: itemsAt(model, 'templating', 'list').flatMap((item) => textAt(item, 'name') ?? []),
    panels: panelTrees(model).map(({ tree, scope }) => readPanel(tree, scope, known)),
  }
}

/** What a dashboard says about its data sources: variables, and the inputs of an exported one. */
function knownDatasources(model: Tree): KnownDatasources {
  const known = new Map<string, Language | undefined>()
  for (const input of itemsAt(model, '__inputs')) {
    known.set(textAt(input, 'name')?.value ?? '', languageOf(textAt(input, 'pluginId')?.value))
  }
  for (const variable of itemsAt(model, 'templating', 'list')) {
    if (textAt(variable, 'type')?.value !== 'datasource') continue
    known.set(textAt(variable, 'name')?.value ?? '', languageOf(textAt(variable, 'query')?.value))
  }
  return known
}

interface ScopedPanel {
  readonly tree: Tree
  readonly scope: string
}

function panelTrees(model: Tree): readonly ScopedPanel[] {
  const nested = itemsAt(model, 'panels').flatMap((tree, index) =>
    isRow(tree) ? scoped(tree, `row ${index}`) : [{ tree, scope: 'dashboard' }],
  )
  return [...nested, ...itemsAt(model, 'rows').flatMap((row, index) => scoped(row, `row ${index}`))]
}

function scoped(row: Tree, scope: string): readonly ScopedPanel[] {
  return itemsAt(row, 'panels').map((tree) => ({ tree, scope }))
}

function isRow(tree: Tree): boolean {
  return textAt(tree, 'type')?.value === 'row'
}

function readPanel(tree: Tree, scope: string, known: KnownDatasources): Panel {
  const defaults = at(tree, 'fieldConfig', 'defaults')
  return {
    id: numberAt(tree, 'id'),
    kind: textAt(tree, 'type')?.value ?? '',
    title: textAt(tree, 'title')?.value ?? '',
    description: textAt(tree, 'description')?.value ?? '',
    unit: unitOf(tree, defaults),
    hasMappings: itemsAt(defaults, 'mappings').length > 0,
    grid: readGrid(at(tree, 'gridPos'), { w: 'w', h: 'h' }),
    scope,
    datasource: readDatasource(at(tree, 'datasource'), known),
    targets: itemsAt(tree, 'targets').map((target) => readTarget(target, known)),
    thresholds: thresholdsOf(defaults),
    links: linksOf(tree, defaults),
    place: () => tree.place(),
  }
}

/** Old panels keep their unit at an axis, or as a format. */
function unitOf(tree: Tree, defaults: Tree | undefined): Located<string> | undefined {
  const [axis] = itemsAt(tree, 'yaxes')
  return textAt(defaults, 'unit') ?? textAt(axis, 'format') ?? textAt(tree, 'format')
}

/** The place of a panel; `names` says what the keys of its size are called. */
export function readGrid(
  tree: Tree | undefined,
  names: { readonly w: string; readonly h: string },
): Grid | undefined {
  const [x, y] = [numberAt(tree, 'x'), numberAt(tree, 'y')]
  const [w, h] = [numberAt(tree, names.w), numberAt(tree, names.h)]
  if (!w || !h) return undefined
  return { x: x?.value ?? 0, y: y?.value ?? 0, w: w.value, h: h.value }
}

/** Values of the steps; the first step has none. */
export function thresholdsOf(defaults: Tree | undefined): readonly number[] {
  return itemsAt(defaults, 'thresholds', 'steps').flatMap(
    (step) => numberAt(step, 'value')?.value ?? [],
  )
}

/** Addresses of a panel and of its values. */
export function linksOf(panel: Tree, defaults: Tree | undefined): readonly Located<string>[] {
  return [...itemsAt(panel, 'links'), ...itemsAt(defaults, 'links')].flatMap(
    (link) => textAt(link, 'url') ?? [],
  )
}

/** The legend of a query; tables have columns instead. */
export function legendOf(query: Tree | undefined): Located<string> | undefined {
  return textAt(query, 'format')?.value === 'table' ? undefined : textAt(query, 'legendFormat')
}

function readTarget(tree: Tree, known: KnownDatasources): Target {
  return {
    refId: textAt(tree, 'refId'),
    expr: textAt(tree, 'expr'),
    legend: legendOf(tree),
    datasource: readDatasource(at(tree, 'datasource'), known),
    place: () => tree.place(),
  }
}
