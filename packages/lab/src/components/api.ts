import type { Component } from '../component.ts'
import { startNodeService } from '../node-service.ts'
import { redisUrl } from '../redis-url.ts'

export const api: Component = {
  name: 'api',
  description: 'control API: domains, nodes, purge',
  service: 'api',
  ports: { http: { default: 4401, env: 'CIRRUS_LAB_API_PORT', container: 8000 } },
  dependsOn: ['redis'],
  environment: (surroundings) => {
    const { host, port } = surroundings.place.bind('api')
    return {
      CIRRUS_API_HOST: host,
      CIRRUS_API_PORT: String(port),
      CIRRUS_API_REDIS_URL: redisUrl(surroundings),
      CIRRUS_API_MASTER_TOKEN: surroundings.secrets.masterToken,
      CIRRUS_API_ENV: 'development',
    }
  },
  start: (context) => startNodeService(api, 'packages/api/dist/main.js', context),
  docker: { build: 'compose/node', command: ['packages/api/dist/main.js'], mounts: [] },
  health: { port: 'http', path: '/healthz' },
  page: { port: 'http', path: '/api/v1/docs', title: 'Swagger UI' },
  logs: { files: ['api.log'], keeping: 'restart' },
}
