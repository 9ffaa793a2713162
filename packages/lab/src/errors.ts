import { CirrusError } from '@cirrus/errors'
import type { PortOwner } from '@cirrus/servers'

export interface TakenPort {
  readonly port: number
  /** What the lab wants it for. */
  readonly title: string
  /** Variable that moves it. */
  readonly env: string
  readonly owner: PortOwner
}

/** Somebody listens where a component would. */
export class PortsTakenError extends CirrusError {
  readonly code = 'CIRRUS_LAB_PORTS_TAKEN'
  readonly ports: readonly TakenPort[]

  constructor(ports: readonly TakenPort[]) {
    const what = ports.length === 1 ? '1 port is taken' : `${ports.length} ports are taken`
    super([`${what}:`, ...ports.map(describeTaken), 'End them, or choose other ports.'].join('\n'))
    this.ports = ports
  }
}

/** A lab runs in this folder already. */
export class LabRunningError extends CirrusError {
  readonly code = 'CIRRUS_LAB_RUNNING'
  readonly pid: number

  constructor(pid: number, directory: string) {
    super(`A lab runs in ${directory} already (process ${pid}); end it with Ctrl-C or: kill ${pid}`)
    this.pid = pid
  }
}

/** No lab answers where one was expected. */
export class NoLabError extends CirrusError {
  readonly code = 'CIRRUS_LAB_NOT_RUNNING'

  constructor(url: string, cause: unknown) {
    super(`No lab answers at ${url}; start one with "npm start"`, { cause })
  }
}

/** The system cannot run on this machine. */
export class RuntimeError extends CirrusError {
  readonly code = 'CIRRUS_LAB_RUNTIME'
}

/** Demo data could not be stored. */
export class SeedError extends CirrusError {
  readonly code = 'CIRRUS_LAB_SEED'
}

function describeTaken({ port, title, env, owner }: TakenPort): string {
  const who = owner.pid === undefined ? owner.command : `process ${owner.pid}: ${owner.command}`
  return `  ${port}, wanted by ${title}, belongs to ${who}\n      another port: ${env}=…`
}
