import { startRedis } from '@cirrus/servers'
import type { Component } from '../component.ts'

export const redis: Component = {
  name: 'redis',
  description: 'domains, nodes, certificates, queues',
  ports: { redis: { default: 4440, env: 'CIRRUS_LAB_REDIS_PORT', container: 6379 } },
  dependsOn: [],
  server: 'redis',
  environment: () => ({}),
  start: ({ place, secrets, port, logFile }) =>
    startRedis({
      directory: place.directory('redis'),
      port: port('redis', 'redis'),
      password: secrets.redisPassword,
      logFile,
    }),
  docker: {
    image: 'docker.io/library/redis:7.4.7-alpine',
    command: ['redis-server', '/usr/local/etc/redis/redis.conf'],
    mounts: ['./redis:/usr/local/etc/redis:ro', 'redis:/data'],
  },
  health: { port: 'redis' },
  logs: { files: ['redis.log'], keeping: 'truncate' },
}
