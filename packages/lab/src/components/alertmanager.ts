import { join } from 'node:path'
import { startAlertmanager } from '@cirrus/servers'
import type { Component } from '../component.ts'

export const alertmanager: Component = {
  name: 'alertmanager',
  description: 'routes alerts to teams',
  ports: { http: { default: 4451, env: 'CIRRUS_LAB_ALERTMANAGER_PORT', container: 9093 } },
  dependsOn: [],
  server: 'alertmanager',
  environment: () => ({}),
  start: ({ directory, place, port, logFile }) =>
    startAlertmanager({
      configFile: join(directory, 'config/prometheus/alertmanager.yaml'),
      directory: place.directory('alertmanager'),
      port: port('alertmanager'),
      logFile,
    }),
  docker: {
    image: 'docker.io/prom/alertmanager:v0.28.1',
    command: ['--config.file=/etc/prometheus/alertmanager.yaml', '--storage.path=/alertmanager'],
    mounts: ['../prometheus:/etc/prometheus:ro', 'alertmanager:/alertmanager'],
  },
  health: { port: 'http', path: '/-/ready' },
  page: { port: 'http', path: '/', title: 'alerts and silences' },
  logs: { files: ['alertmanager.log'], keeping: 'truncate' },
}
