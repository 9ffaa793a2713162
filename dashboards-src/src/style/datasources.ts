import type { Language } from '@cirrus/queries'

interface DatasourceVariable {
  readonly name: string
  readonly title: string
  readonly type: string
  /** Uid in `grafana/provisioning/datasources`, chosen at first. */
  readonly uid: string
}

/** The variable through which queries of a language reach their data source. */
export const datasourceVariables = {
  promql: { name: 'datasource', title: 'Data source', type: 'prometheus', uid: 'prometheus' },
  logql: { name: 'loki_datasource', title: 'Loki data source', type: 'loki', uid: 'loki' },
} as const satisfies Record<Language, DatasourceVariable>

export function datasourceRef(language: Language): { type: string; uid: string } {
  const { type, name } = datasourceVariables[language]
  return { type, uid: `\${${name}}` }
}
