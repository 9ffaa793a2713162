import { join } from 'node:path'
import type { Component } from '../component.ts'
import { startNodeService } from '../node-service.ts'

export const shipper: Component = {
  name: 'shipper',
  description: 'carries log lines to Loki, spools them on disk meanwhile',
  service: 'shipper',
  ports: { http: { default: 4403, env: 'CIRRUS_LAB_SHIPPER_PORT', container: 9151 } },
  // Not on Loki: lines wait on disk until it answers.
  dependsOn: [],
  environment: ({ place }) => {
    const { host, port } = place.bind('shipper')
    const logs = place.directory('logs')
    return {
      CIRRUS_SHIPPER_HOST: host,
      CIRRUS_SHIPPER_PORT: String(port),
      CIRRUS_SHIPPER_LOKI_URL: `http://${place.address('loki')}`,
      CIRRUS_SHIPPER_FILES: inputs
        .map(([service, file]) => `${service}:${join(logs, file)}`)
        .join(),
      CIRRUS_SHIPPER_SPOOL_DIR: place.directory('shipper'),
      CIRRUS_SHIPPER_ENV: 'development',
    }
  },
  start: (context) => startNodeService(shipper, 'packages/shipper/dist/main.js', context),
  docker: {
    build: 'compose/node',
    command: ['packages/shipper/dist/main.js'],
    mounts: ['logs:/var/lib/cirrus/logs', 'shipper:/var/lib/cirrus/shipper'],
  },
  health: { port: 'http', path: '/healthz' },
  page: { port: 'http', path: '/status', title: 'line counts' },
  logs: { files: ['shipper.log'], keeping: 'restart' },
}

/** The shipper's own lines are read as well: nothing is watched less than what watches. */
const inputs = [
  ['edge', 'edge-*.access.log'],
  ['edge', 'edge-*.error.log'],
  ['api', 'api.log'],
  ['worker', 'worker.log'],
  ['shipper', 'shipper.log'],
] as const
