/** What a command may use of the world; `main.ts` supplies the real one, tests their own. */
export interface Shell {
  /** Root of the checkout: generated files and `cirrus.yaml` are relative to it. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Results. */
  readonly out: (text: string) => void
  /** Progress and errors. */
  readonly err: (text: string) => void
  readonly now: () => Date
  /** Whether a person reads standard error. */
  readonly isInteractive: boolean
  /** Asks the person at the terminal; absent where nobody can be asked. */
  readonly confirm?: (question: string) => Promise<boolean>
  /** Sets the exit code of the process; see {@link exitCodes}. */
  readonly exit: (code: number) => void
  /** Aborted on SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal
}

/** Exit codes of every command. */
export const exitCodes = { ok: 0, bug: 1, usage: 2, findings: 3 } as const
