import type { Check } from '../check.ts'
import { alertLinks } from './alert-links.ts'
import { alertPanel } from './alert-panel.ts'
import { alertTriple } from './alert-triple.ts'
import { cardinalityBudget } from './cardinality-budget.ts'
import { constantComparison } from './constant-comparison.ts'
import { datasourceVariable } from './datasource-variable.ts'
import { duplicatePanelId } from './duplicate-panel-id.ts'
import { duplicateRefId } from './duplicate-ref-id.ts'
import { duplicateUid } from './duplicate-uid.ts'
import { fileShape } from './file-shape.ts'
import { labelFlow } from './label-flow.ts'
import { logQueryInRule } from './log-query-in-rule.ts'
import { logqlSyntax } from './logql-syntax.ts'
import { metricKind } from './metric-kind.ts'
import { orphan } from './orphan.ts'
import { panelDescription } from './panel-description.ts'
import { panelOverlap } from './panel-overlap.ts'
import { panelUnit } from './panel-unit.ts'
import { promqlSyntax } from './promql-syntax.ts'
import { rateInterval } from './rate-interval.ts'
import { selectorLabel } from './selector-label.ts'
import { shortFor } from './short-for.ts'
import { shortRange } from './short-range.ts'
import { templateSyntax } from './template-syntax.ts'
import { undefinedVariable } from './undefined-variable.ts'
import { unknownMetric } from './unknown-metric.ts'
import { vectorMatching } from './vector-matching.ts'

/** Every check, by code. */
export const checks: readonly Check[] = [
  fileShape,
  promqlSyntax,
  logqlSyntax,
  metricKind,
  logQueryInRule,
  vectorMatching,
  constantComparison,
  shortRange,
  selectorLabel,
  labelFlow,
  shortFor,
  templateSyntax,
  alertLinks,
  alertTriple,
  alertPanel,
  duplicateUid,
  duplicatePanelId,
  duplicateRefId,
  panelOverlap,
  panelDescription,
  panelUnit,
  datasourceVariable,
  rateInterval,
  undefinedVariable,
  unknownMetric,
  orphan,
  cardinalityBudget,
]
