import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { renderRules } from '@cirrus/alerts'
import { SCRAPE_INTERVAL_SECONDS, serviceNames } from '@cirrus/catalog'
import { renderDashboards } from '@cirrus/dashboards-src'
import { parser as logql } from '@grafana/lezer-logql'
import { parser as promql } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('../../..', import.meta.url))

function readYaml(path: string) {
  return parse(readFileSync(`${root}/${path}`, 'utf8'))
}

interface Target {
  readonly expr: string
  readonly datasource: { readonly type: string }
}

interface DashboardJson {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly Target[] }[]
}

interface RuleFile {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert?: string
      readonly record?: string
      readonly expr: string
      readonly annotations?: Readonly<Record<string, string>>
    }[]
  }[]
}

interface Query {
  readonly where: string
  readonly language: 'promql' | 'logql'
  readonly text: string
}

const panelQueries = [...renderDashboards()].flatMap(([path, text]) => {
  const { panels }: DashboardJson = JSON.parse(text)
  return panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr, datasource }): Query => ({
      where: `${path}: ${title}`,
      language: datasource.type === 'loki' ? 'logql' : 'promql',
      text: expr,
    })),
  )
})

const ruleQueries = [
  ...renderRules({
    timeScale: 1,
    links: { grafana: 'http://g.test', runbooks: 'http://r.test' },
    receiverUrl: 'http://a.test',
  }),
].flatMap(([path, text]) => {
  const { groups = [] }: Partial<RuleFile> = parse(text)
  const language = path.startsWith('loki/') ? 'logql' : 'promql'
  return groups.flatMap(({ rules }) =>
    rules.flatMap(({ alert, record, expr, annotations }): Query[] => [
      { where: `${path}: ${alert ?? record}`, language, text: expr },
      ...(annotations
        ? [
            {
              where: `${path}: ${alert} logs`,
              language: 'logql' as const,
              text: annotations['logs_query'] ?? '',
            },
          ]
        : []),
    ]),
  )
})

/** Places that a grammar does not understand; Grafana's windows are put in first. */
function syntaxErrors({ language, text }: Query): readonly string[] {
  const query = text.replaceAll(/\$__(rate_interval|auto)/g, '5m').replaceAll('$price', '1')
  const errors: string[] = []
  ;(language === 'promql' ? promql : logql).parse(query).iterate({
    enter: ({ type, from }) => {
      if (type.isError) errors.push(query.slice(from, from + 20))
    },
  })
  return errors
}

describe('generated queries', () => {
  it('are there', () => {
    expect(panelQueries.length).toBeGreaterThan(25)
    expect(ruleQueries.length).toBeGreaterThan(20)
  })

  it.each([...panelQueries, ...ruleQueries])('$where parses as $language', (query) => {
    expect(syntaxErrors(query)).toEqual([])
  })

  it.each(ruleQueries.filter(({ where }) => where.startsWith('loki/') && !where.endsWith('logs')))(
    '$where yields numbers, not lines',
    ({ text }) => {
      expect(logql.parse(text).topNode.firstChild?.firstChild?.name).toBe('MetricExpr')
    },
  )
})

describe('prometheus.yml', () => {
  const config = readYaml('prometheus/prometheus.yml')

  it('scrapes exactly the services of the catalog, each from its target file', () => {
    const jobs = config.scrape_configs.map((job: { job_name: string }) => job.job_name)
    expect(jobs.toSorted()).toEqual([...serviceNames].toSorted())
    for (const { job_name, file_sd_configs } of config.scrape_configs) {
      expect(file_sd_configs).toEqual([{ files: [`targets/${job_name}.json`] }])
    }
  })

  it('scrapes as often as the catalog says', () => {
    expect(config.global.scrape_interval).toBe(`${SCRAPE_INTERVAL_SECONDS}s`)
  })
})

describe('grafana/provisioning', () => {
  it('has the data sources that dashboards and links name', () => {
    const { datasources } = readYaml('grafana/provisioning/datasources/datasources.yaml')
    const uids = datasources.map(({ uid, type }: Record<string, string>) => `${type}/${uid}`)
    expect(uids).toEqual(expect.arrayContaining(['prometheus/prometheus', 'loki/loki']))
  })

  it('tells Grafana how often is scraped', () => {
    const { datasources } = readYaml('grafana/provisioning/datasources/datasources.yaml')
    expect(datasources[0].jsonData.timeInterval).toBe(`${SCRAPE_INTERVAL_SECONDS}s`)
  })
})
