export { type AlertmanagerOptions, startAlertmanager } from './alertmanager.ts'
export { type RootAccess, debianCommand, installDebian, rootAccess } from './debian.ts'
export {
  type EdgeSettings,
  edgeDefaults,
  edgeSourceDirectory,
  renderEdgeConfig,
} from './edge-config.ts'
export { type EdgeOptions, type RunningEdge, startEdge } from './edge.ts'
export { cacheDirectory, environment } from './environment.ts'
export { InstallError, ServerMissingError, ServerStartError } from './errors.ts'
export {
  type FoundServer,
  type ServerName,
  findServer,
  requireServer,
  serverDefinitions,
  whyMissing,
} from './find-server.ts'
export { freePort } from './free-port.ts'
export { type BuildProgress, buildLoki, whyNoGo } from './go-tool.ts'
export {
  type InstallPlan,
  type MissingServer,
  type Remedy,
  debianPackages,
  planInstall,
} from './install-plan.ts'
export { type LokiOptions, lokiConfigFile, startLoki } from './loki.ts'
export { type HeldLock, holdLock } from './pid-lock.ts'
export { type PortOwner, portOwner } from './port-owner.ts'
export { processStartTime } from './process-start-time.ts'
export { type PrometheusOptions, type RunningWebServer, startPrometheus } from './prometheus.ts'
export { type RedisOptions, type RunningRedis, startRedis } from './redis.ts'
export { runCommand } from './run-command.ts'
export { answersOk, serverDirectory } from './server-directory.ts'
export { serverVersion } from './server-version.ts'
export {
  type ProcessExit,
  type ProcessSpec,
  type RunningProcess,
  startProcess,
} from './start-process.ts'
export { waitUntil } from './wait-until.ts'
