import {
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { buildPanel } from './build-panel.ts'
import { toCanonicalJson } from './canonical-json.ts'
import { type Dashboard, filtersOf } from './dashboard.ts'
import { datasourceRef, datasourceVariables } from './datasources.ts'
import { placePanels } from './grid.ts'
import type { Choice, LabelVariable } from './variables.ts'

const TAG = 'cirrus'

/** A dashboard as the JSON that Grafana provisions from a file. */
export function renderDashboard(dashboard: Dashboard): string {
  const { uid, title, description, variables, choices = [] } = dashboard
  const model = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG, 'generated'])
    .readonly()
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([
      ...Object.values(datasourceVariables).map(datasourceVariable),
      ...variables.map(labelVariable),
      ...choices.map(choiceVariable),
    ])
    .links([linkToOthers()])
    .build()
  // The builder hands out its own object; panels are placed by us, because its layout overflows.
  return toCanonicalJson({ ...structuredClone(model), panels: buildPanels(dashboard) })
}

function buildPanels(dashboard: Dashboard): readonly object[] {
  const filters = filtersOf(dashboard)
  return placePanels(dashboard).map((item) =>
    'panel' in item
      ? buildPanel(item.panel, item.position, filters)
      : new RowBuilder(item.heading)
          .id(item.id)
          .gridPos({ ...item.position })
          .build(),
  )
}

type DatasourceVariable = (typeof datasourceVariables)[keyof typeof datasourceVariables]

function datasourceVariable({ name, title, type, uid }: DatasourceVariable) {
  return new DatasourceVariableBuilder(name)
    .label(title)
    .type(type)
    .current({ text: uid, value: uid })
}

function labelVariable({ name, title, query }: LabelVariable) {
  return (
    new QueryVariableBuilder(name)
      .label(title)
      .datasource(datasourceRef('promql'))
      .query(query)
      .refresh(VariableRefresh.OnTimeRangeChanged)
      // oxlint-disable-next-line unicorn/no-array-sort -- a builder, not an array
      .sort(VariableSort.AlphabeticalAsc)
      .multi(true)
      .includeAll(true)
      .current({ text: 'All', value: '$__all' })
  )
}

function choiceVariable({ name, title, value }: Choice) {
  return new TextBoxVariableBuilder(name)
    .label(title)
    .defaultValue(value)
    .current({ text: value, value })
}

function linkToOthers(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Cirrus')
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true)
}
