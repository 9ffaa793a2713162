import type { Label, Metric } from '@cirrus/catalog'
import { labelValues } from '@cirrus/queries'

/** A dashboard variable that selects values of a label. */
export interface LabelVariable {
  readonly name: string
  readonly title: string
  /** Grafana query of its values. */
  readonly query: string
  /** Labels it selects: the one of the metrics, and what the logs call it. */
  readonly labels: readonly string[]
}

/** A dashboard variable that holds a number. */
export interface Choice {
  readonly name: string
  readonly title: string
  readonly value: string
}

type DomainMetric = Metric<
  string,
  'gauge' | 'info',
  readonly (Label<'host'> | Label<'env'> | Label<'team'> | Label<'business'>)[]
>

/** Environment, team, business and domain; each offers what the ones before it leave. */
export function domainVariables(metric: DomainMetric): readonly LabelVariable[] {
  const [env, team, business] = [{ env: 'env' }, { team: 'team' }, { business: 'business' }]
  return [
    {
      name: 'env',
      title: 'Environment',
      query: labelValues(metric, 'env', {}),
      labels: ['env'],
    },
    {
      name: 'team',
      title: 'Team',
      query: labelValues(metric, 'team', { ...env }),
      labels: ['team'],
    },
    {
      name: 'business',
      title: 'Business',
      query: labelValues(metric, 'business', { ...env, ...team }),
      labels: ['business'],
    },
    {
      name: 'domain',
      title: 'Domain',
      query: labelValues(metric, 'host', { ...env, ...team, ...business }),
      labels: ['host', 'domain'],
    },
  ]
}

/** One variable for one label. */
export function labelVariable<L extends Label>(
  metric: Metric<string, 'gauge' | 'info', readonly L[]>,
  label: NoInfer<L>['name'],
  title: string,
): LabelVariable {
  return { name: label, title, query: labelValues(metric, label, {}), labels: [label] }
}
