import { type Context, type Finding, checkFiles } from '../src/index.ts'

/** Files by path, as texts or as JSON. */
export type Given = Readonly<Record<string, string | object>>

/** What one check finds: `file:line:column what`. */
export function foundBy(check: string, given: Given, context: Context = {}): readonly string[] {
  return find(check, given, context).map(
    ({ file, line, column, what }) => `${file}:${line}:${column} ${what}`,
  )
}

/** How bad what one check finds is. */
export function severitiesOf(check: string, given: Given): readonly string[] {
  return find(check, given, {}).map(({ severity }) => severity)
}

function find(check: string, given: Given, context: Context): readonly Finding[] {
  const files = Object.entries(given).map(([path, text]) => ({
    path,
    text: typeof text === 'string' ? text : JSON.stringify(text, null, 2),
  }))
  return checkFiles({ files, context }).findings.filter((finding) => finding.check === check)
}

/** A file with one alert; its query begins at 5:15. */
export function alertFile(expr: string, more: readonly string[] = []): Given {
  return {
    'rules.yaml': [
      'groups:',
      '  - name: demo',
      '    rules:',
      '      - alert: Demo',
      `        expr: ${expr}`,
      ...more.map((line) => `        ${line}`),
      '',
    ].join('\n'),
  }
}

/** A dashboard with a Prometheus data source variable and these panels. */
export function dashboard(panels: readonly object[], more: object = {}): object {
  return {
    uid: 'demo',
    title: 'Demo',
    schemaVersion: 39,
    panels,
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    ...more,
  }
}

/** A time series panel with one Prometheus query. */
export function panel(expr: string, more: object = {}): object {
  return {
    id: 1,
    type: 'timeseries',
    title: 'Requests',
    datasource: { type: 'prometheus', uid: '${datasource}' },
    targets: [{ refId: 'A', expr, ...more }],
  }
}
