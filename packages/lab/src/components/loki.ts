import { join } from 'node:path'
import { startLoki } from '@cirrus/servers'
import type { Component } from '../component.ts'

export const loki: Component = {
  name: 'loki',
  description: 'stores logs, evaluates log alerts',
  ports: {
    http: { default: 4452, env: 'CIRRUS_LAB_LOKI_PORT', container: 3100 },
    grpc: { default: 4453, env: 'CIRRUS_LAB_LOKI_GRPC_PORT', container: 9095 },
  },
  dependsOn: [],
  server: 'loki',
  environment: ({ place }) => ({
    CIRRUS_LOKI_ADDRESS: place.bind('loki').host,
    CIRRUS_LOKI_ALERTMANAGER_URL: `http://${place.address('alertmanager')}`,
    CIRRUS_LOKI_REMOTE_WRITE_URL: `http://${place.address('prometheus')}/api/v1/write`,
  }),
  start: ({ directory, place, port, logFile }) =>
    startLoki({
      directory: place.directory('loki'),
      port: port('loki'),
      grpcPort: port('loki', 'grpc'),
      rulesDirectory: join(directory, 'config/loki/rules'),
      alertmanagerUrl: `http://${place.address('alertmanager')}`,
      remoteWriteUrl: `http://${place.address('prometheus')}/api/v1/write`,
      rulerInterval: '5s',
      logFile,
    }),
  docker: {
    image: 'docker.io/grafana/loki:3.7.8',
    command: ['-config.file=/etc/loki/loki.yaml', '-config.expand-env=true'],
    mounts: ['../loki:/etc/loki:ro', 'loki:/loki'],
  },
  health: { port: 'http', path: '/ready' },
  logs: { files: ['loki.log'], keeping: 'truncate' },
}
