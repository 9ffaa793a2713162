import type { Component } from '../component.ts'
import { startNodeService } from '../node-service.ts'
import { redisUrl } from '../redis-url.ts'

export const worker: Component = {
  name: 'worker',
  description: 'node health checks, certificate inventory',
  service: 'worker',
  ports: { http: { default: 4402, env: 'CIRRUS_LAB_WORKER_PORT', container: 9150 } },
  dependsOn: ['redis'],
  environment: (surroundings) => {
    const { host, port } = surroundings.place.bind('worker')
    return {
      CIRRUS_WORKER_HOST: host,
      CIRRUS_WORKER_PORT: String(port),
      CIRRUS_WORKER_REDIS_URL: redisUrl(surroundings),
      CIRRUS_WORKER_ENV: 'development',
    }
  },
  start: (context) => startNodeService(worker, 'packages/worker/dist/main.js', context),
  docker: { build: 'compose/node', command: ['packages/worker/dist/main.js'], mounts: [] },
  health: { port: 'http', path: '/healthz' },
  logs: { files: ['worker.log'], keeping: 'restart' },
}
