import type { Service } from '@cirrus/catalog'
import type { RunningProcess, ServerName } from '@cirrus/servers'

/** Everything the lab is made of, in the order people read it. */
export const componentNames = [
  'status',
  'edge-a',
  'edge-b',
  'origins',
  'api',
  'worker',
  'redis',
  'shipper',
  'loki',
  'prometheus',
  'alertmanager',
  'grafana',
] as const

export type ComponentName = (typeof componentNames)[number]

/** A TCP port of a component: where it listens natively, and inside its container. */
export interface PortDefinition {
  readonly default: number
  /** Variable that changes the port on this machine. */
  readonly env: string
  readonly container: number
}

/** How components reach each other: over loopback natively, by service name in Docker. */
export interface Place {
  /** `host:port` of a port of another component. */
  address(component: ComponentName, port?: string): string
  /** What a component itself listens on. */
  bind(component: ComponentName, port?: string): { readonly host: string; readonly port: number }
  /** A folder that keeps what a component writes. */
  directory(name: DirectoryName): string
  /** Where Docker keeps what containers write; absent natively, where each writes its own files. */
  readonly containerLogs?: string
}

/** Folders that keep what components write; each is a volume in Docker. */
export const directoryNames = ['logs', ...componentNames] as const

export type DirectoryName = (typeof directoryNames)[number]

export interface Secrets {
  /** Bearer token of the API. */
  readonly masterToken: string
  readonly redisPassword: string
  /** Edges with one key give one visitor one pseudonym. */
  readonly pseudonymKey: string
}

/** What the settings of a component are made from; the same natively and in Docker. */
export interface Surroundings {
  readonly place: Place
  readonly secrets: Secrets
}

/** What a native start needs. */
export interface NativeContext extends Surroundings {
  /** Root of the checkout. */
  readonly root: string
  /** The lab's own folder, `.cirrus`. */
  readonly directory: string
  /** Environment that processes inherit. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly port: (component: ComponentName, port?: string) => number
  readonly logFile: string
}

export interface DockerDefinition {
  /** A pinned public image; absent where the image is built from this checkout. */
  readonly image?: string
  /** Folder of the Dockerfile, from the root of the checkout. */
  readonly build?: string
  readonly command?: readonly string[]
  /** `source:target[:ro]`; a source without a slash is a named volume. */
  readonly mounts: readonly string[]
}

/** A running thing that the supervisor looks after. */
export interface Running extends Pick<RunningProcess, 'pid' | 'exited' | 'stop' | 'kill'> {
  /** Opens its log files anew, after they were moved away. */
  reopenLogs?(): void
}

export interface Component {
  readonly name: ComponentName
  readonly description: string
  /** The catalog's name of the service, where it is one of ours. */
  readonly service?: Service
  readonly ports: Readonly<Record<string, PortDefinition>>
  readonly dependsOn: readonly ComponentName[]
  /** The program that a native start needs. */
  readonly server?: ServerName
  /** Environment variables that configure it. */
  environment(surroundings: Surroundings): Readonly<Record<string, string>>
  /** Absent where it runs in Docker only, or inside `cirrus up`. */
  readonly start?: (context: NativeContext) => Promise<Running>
  /** Absent where it runs natively only. */
  readonly docker?: DockerDefinition
  /** Answers with a 2xx status when all is well; without a path, accepts connections. */
  readonly health: { readonly port: string; readonly path?: string }
  /** What a person opens, as port and path. */
  readonly page?: { readonly port: string; readonly path: string; readonly title: string }
  readonly logs: LogKeeping
}

/** What a component writes, and how it lets go of a file that has grown too large. */
export interface LogKeeping {
  /** Names in the folder of logs; standard output goes to the first of them. */
  readonly files: readonly string[]
  readonly keeping: 'reopen' | 'restart' | 'truncate'
}
