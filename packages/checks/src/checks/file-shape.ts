import { defineCheck } from '../check.ts'

export const fileShape = defineCheck({
  name: 'file-shape',
  code: 'CIR100',
  severity: 'error',
  title: 'A file cannot be read as it was meant',
  why: 'Prometheus, Loki and Grafana refuse such a file or skip the part.',
  check: ({ faults }) => faults,
})
