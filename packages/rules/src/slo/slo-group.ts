import type { AlertGroup } from '../alert-group.ts'
import type { Slo } from './slo.ts'

/** Budgets change slowly, and long windows hold every sample. */
export const SLO_EVALUATION_SECONDS = 60

/** Objectives as a rule group: everything is recorded before anything is judged. */
export function sloGroup(source: string, slos: readonly Slo[]): AlertGroup {
  return {
    name: 'slos',
    source,
    recordings: slos.flatMap(({ recordings }) => recordings),
    alerts: slos.map(({ alert }) => alert),
    evaluationSeconds: SLO_EVALUATION_SECONDS,
  }
}
