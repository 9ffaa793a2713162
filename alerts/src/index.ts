export { alertGroups, alerts, renderRules } from './alerts.ts'
