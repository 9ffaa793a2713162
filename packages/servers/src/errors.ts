import { CirrusError } from '@cirrus/errors'

/** A server that is needed is not on this machine. */
export class ServerMissingError extends CirrusError {
  readonly code = 'CIRRUS_SERVER_MISSING'
  readonly server: string

  constructor(server: string, reason: string) {
    super(`Cannot find ${server}: ${reason}`)
    this.server = server
  }
}

/** A process ended, or did not become ready in time. */
export class ServerStartError extends CirrusError {
  readonly code = 'CIRRUS_SERVER_START'
  readonly server: string
  readonly logFile: string

  constructor(server: string, reason: string, logFile: string) {
    super(`Cannot start ${server}: ${reason} (log: ${logFile})`)
    this.server = server
    this.logFile = logFile
  }
}

/** A server could not be installed or built. */
export class InstallError extends CirrusError {
  readonly code = 'CIRRUS_INSTALL_FAILED'
  readonly what: string
  /** What a person may run instead. */
  readonly command: string

  constructor(what: string, reason: string, command: string) {
    super(`Cannot install ${what}: ${reason}\nBy hand: ${command}`)
    this.what = what
    this.command = command
  }
}
