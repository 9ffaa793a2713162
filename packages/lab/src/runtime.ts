import type { ComponentName, Place, Secrets } from './component.ts'
import type { ComponentStatus } from './supervisor.ts'

/** Runs the components: as processes of this machine, or as containers. */
export interface Runtime {
  /** How components reach each other. */
  readonly inside: Place
  /** How this process and people reach them. */
  readonly outside: Place
  /** Whether this process may talk to Redis; in Docker only edges, API and worker may. */
  readonly reachesRedis: boolean
  statuses(): readonly ComponentStatus[]
  /** Resolves when everything is up that does not have to be built first. */
  start(secrets: Secrets): Promise<void>
  /** Stops a component and keeps it down. */
  hold(name: ComponentName): Promise<void>
  release(name: ComponentName): Promise<void>
  /** `kill -9`; it comes back by itself. */
  kill(name: ComponentName): Promise<void>
  stop(): Promise<void>
  /** Drops all data of earlier starts; before the start. */
  forget(): Promise<void>
}
