export { ConfigError, type ConfigProblem } from './errors.ts'
export { loadConfig, setting } from './load-config.ts'
export { loadYaml } from './load-yaml.ts'
