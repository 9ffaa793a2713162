import type { Component } from '../component.ts'

/** Runs inside `cirrus up`, so that it is there while the rest comes up. */
export const status: Component = {
  name: 'status',
  description: 'what runs, traffic, alerts, logs',
  ports: { http: { default: 4400, env: 'CIRRUS_LAB_STATUS_PORT', container: 4400 } },
  dependsOn: [],
  environment: () => ({}),
  health: { port: 'http', path: '/healthz' },
  page: { port: 'http', path: '/', title: 'status page' },
  logs: { files: [], keeping: 'truncate' },
}
