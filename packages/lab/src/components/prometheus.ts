import { join } from 'node:path'
import { startPrometheus } from '@cirrus/servers'
import type { Component } from '../component.ts'

export const prometheus: Component = {
  name: 'prometheus',
  description: 'metrics and alert rules',
  ports: { http: { default: 4450, env: 'CIRRUS_LAB_PROMETHEUS_PORT', container: 9090 } },
  dependsOn: [],
  server: 'prometheus',
  environment: () => ({}),
  start: ({ directory, place, port, logFile }) =>
    startPrometheus({
      configFile: join(directory, 'config/prometheus/prometheus.yml'),
      directory: place.directory('prometheus'),
      port: port('prometheus'),
      retentionTime: '7d',
      logFile,
    }),
  docker: {
    image: 'docker.io/prom/prometheus:v3.5.0',
    command: [
      '--config.file=/etc/prometheus/prometheus.yml',
      '--storage.tsdb.path=/prometheus',
      '--storage.tsdb.retention.time=15d',
      '--web.enable-remote-write-receiver',
      '--web.enable-lifecycle',
    ],
    mounts: ['../prometheus:/etc/prometheus:ro', 'prometheus:/prometheus'],
  },
  health: { port: 'http', path: '/-/ready' },
  page: { port: 'http', path: '/alerts', title: 'rules and alerts' },
  logs: { files: ['prometheus.log'], keeping: 'truncate' },
}
