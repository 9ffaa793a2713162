export type { AlertGroup, RecordingRule } from './alert-group.ts'
export {
  type Alert,
  type AlertDefinition,
  type AlertLevel,
  type FiringTest,
  type SilentTest,
  defineAlert,
} from './alert.ts'
export {
  type Input,
  type InputLines,
  type InputSeries,
  counting,
  holding,
  logging,
  latencyAt,
  observing,
} from './input.ts'
export type { RenderOptions } from './options.ts'
export type { PanelRef } from './panel-ref.ts'
export { type Phase, inPhases } from './phases.ts'
export { renderAlertFiles } from './render-alert-files.ts'
export { renewRunbook } from './runbook.ts'
export { type BurnWindow, burnFactor, usualBurnWindows } from './slo/burn-window.ts'
export { type Slo, type SloDefinition, defineSlo } from './slo/slo.ts'
export { SLO_EVALUATION_SECONDS, sloGroup } from './slo/slo-group.ts'
