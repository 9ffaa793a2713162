import { join } from 'node:path'
import { startEdge } from '@cirrus/servers'
import type { Component, PortDefinition } from '../component.ts'
import { redisUrl } from '../redis-url.ts'

type EdgePorts = Readonly<Record<'http' | 'tls' | 'metrics', PortDefinition>>

export const edgeA = defineEdge('edge-a', {
  http: { default: 4410, env: 'CIRRUS_LAB_EDGE_A_PORT', container: 8080 },
  tls: { default: 4411, env: 'CIRRUS_LAB_EDGE_A_TLS_PORT', container: 8443 },
  metrics: { default: 4412, env: 'CIRRUS_LAB_EDGE_A_METRICS_PORT', container: 9145 },
})

export const edgeB = defineEdge('edge-b', {
  http: { default: 4420, env: 'CIRRUS_LAB_EDGE_B_PORT', container: 8080 },
  tls: { default: 4421, env: 'CIRRUS_LAB_EDGE_B_TLS_PORT', container: 8443 },
  metrics: { default: 4422, env: 'CIRRUS_LAB_EDGE_B_METRICS_PORT', container: 9145 },
})

function defineEdge(name: 'edge-a' | 'edge-b', ports: EdgePorts): Component {
  const logFiles = { access: `${name}.access.log`, error: `${name}.error.log` }
  const environment: Component['environment'] = (surroundings) => ({
    CIRRUS_EDGE_REDIS_URL: redisUrl(surroundings),
    CIRRUS_EDGE_NODE: name,
    CIRRUS_EDGE_PSEUDONYM_KEY: surroundings.secrets.pseudonymKey,
    CIRRUS_EDGE_CACHE_SIZE: '256m',
  })
  return {
    name,
    description: 'cache, routing, TLS',
    service: 'edge',
    ports,
    dependsOn: ['redis'],
    server: 'nginx',
    environment,
    start: (context) =>
      startEdge({
        redisUrl: redisUrl(context),
        node: name,
        directory: context.place.directory(name),
        httpPort: context.port(name, 'http'),
        tlsPort: context.port(name, 'tls'),
        metricsPort: context.port(name, 'metrics'),
        pseudonymKey: context.secrets.pseudonymKey,
        accessLogFile: join(context.place.directory('logs'), logFiles.access),
        errorLogFile: join(context.place.directory('logs'), logFiles.error),
        settings: { CIRRUS_EDGE_CACHE_SIZE: '256m' },
      }),
    docker: { build: 'openresty', mounts: [`${name}:/var/cache/cirrus`] },
    health: { port: 'metrics', path: '/healthz' },
    page: { port: 'metrics', path: '/metrics', title: 'metrics' },
    logs: { files: Object.values(logFiles), keeping: 'reopen' },
  }
}
