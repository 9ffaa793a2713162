import { join } from 'node:path'
import type { Component, Place } from '../component.ts'
import { startNodeService } from '../node-service.ts'

export const shipper: Component = {
  name: 'shipper',
  description: 'carries log lines to Loki',
  service: 'shipper',
  ports: { http: { default: 4403, env: 'CIRRUS_LAB_SHIPPER_PORT', container: 9151 } },
  // Not on Loki: lines wait on disk until it answers.
  dependsOn: [],
  environment: ({ place }) => {
    const { host, port } = place.bind('shipper')
    return {
      CIRRUS_SHIPPER_HOST: host,
      CIRRUS_SHIPPER_PORT: String(port),
      CIRRUS_SHIPPER_LOKI_URL: `http://${place.address('loki')}`,
      ...inputs(place),
      CIRRUS_SHIPPER_SPOOL_DIR: place.directory('shipper'),
      CIRRUS_SHIPPER_ENV: 'development',
    }
  },
  start: (context) => startNodeService(shipper, 'packages/shipper/dist/main.js', context),
  docker: {
    build: 'compose/node',
    command: ['packages/shipper/dist/main.js'],
    mounts: [
      '/var/lib/docker/containers:/var/lib/docker/containers:ro',
      'shipper:/var/lib/cirrus/shipper',
    ],
  },
  health: { port: 'http', path: '/healthz' },
  page: { port: 'http', path: '/status', title: 'line counts' },
  logs: { files: ['shipper.log'], keeping: 'restart' },
}

/** The shipper's own lines are read as well: nothing is watched less than what watches. */
const files = [
  ['edge', 'edge-*.access.log'],
  ['edge', 'edge-*.error.log'],
  ['api', 'api.log'],
  ['worker', 'worker.log'],
  ['shipper', 'shipper.log'],
] as const

function inputs({ containerLogs, directory }: Place): Readonly<Record<string, string>> {
  if (containerLogs !== undefined) return { CIRRUS_SHIPPER_DOCKER_DIR: containerLogs }
  const paths = files.map(([service, file]) => `${service}:${join(directory('logs'), file)}`)
  return { CIRRUS_SHIPPER_FILES: paths.join() }
}
