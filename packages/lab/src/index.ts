export type {
  Component,
  ComponentName,
  DockerDefinition,
  Place,
  PortDefinition,
  Secrets,
} from './component.ts'
export { componentOf, components, nativeComponents } from './component-table.ts'
export { LabRunningError, NoLabError, PortsTakenError, RuntimeError, SeedError } from './errors.ts'
export { type FaultName, faultDescriptions, faultNames } from './faults.ts'
export { labDirectory, loadLabSettings } from './lab-settings.ts'
export { dockerPlace } from './place.ts'
export { freePorts } from './ports.ts'
export { type Lab, type LabOptions, startLab } from './start-lab.ts'
export type { ComponentState, ComponentStatus } from './supervisor.ts'
export {
  type RuntimeName,
  chooseRuntime,
  findDocker,
  neededServers,
  runtimeNames,
} from './choose-runtime.ts'
export { type LabClient, createLabClient } from './lab-client.ts'
export { renderScreen } from './screen.ts'
export { tokenFile } from './secrets.ts'
export { describeBuild } from './prepare-loki.ts'
