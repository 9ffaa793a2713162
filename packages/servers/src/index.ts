export { type AlertmanagerOptions, startAlertmanager } from './alertmanager.ts'
export { cacheDirectory, environment } from './environment.ts'
export { ServerMissingError, ServerStartError } from './errors.ts'
export {
  type FoundServer,
  type ServerName,
  findServer,
  requireServer,
  serverDefinitions,
  whyMissing,
} from './find-server.ts'
export { freePort } from './free-port.ts'
export { type LokiOptions, lokiConfigFile, startLoki } from './loki.ts'
export { type PortOwner, portOwner } from './port-owner.ts'
export { type PrometheusOptions, type RunningWebServer, startPrometheus } from './prometheus.ts'
export { type RedisOptions, type RunningRedis, startRedis } from './redis.ts'
export { answersOk, serverDirectory } from './server-directory.ts'
export {
  type ProcessExit,
  type ProcessSpec,
  type RunningProcess,
  startProcess,
} from './start-process.ts'
export { waitUntil } from './wait-until.ts'
