export type { AlertGroup } from './alert-group.ts'
export {
  type Alert,
  type AlertDefinition,
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
  observing,
} from './input.ts'
export type { RenderOptions } from './options.ts'
export type { PanelRef } from './panel-ref.ts'
export { renderAlertFiles } from './render-alert-files.ts'
export { renewRunbook } from './runbook.ts'
export { conditionOf } from './rule-file.ts'
