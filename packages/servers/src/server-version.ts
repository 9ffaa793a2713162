import type { FoundServer, ServerName } from './find-server.ts'
import { runCommand } from './run-command.ts'

const versionFlags: Readonly<Partial<Record<ServerName, string>>> = { nginx: '-v' }

/** The version a server says it is; `undefined` when it does not say. */
export async function serverVersion({ name, path }: FoundServer): Promise<string | undefined> {
  const argument = versionFlags[name] ?? '--version'
  const { stdout, stderr } = await runCommand(path, [argument], { timeoutMs: 10_000 })
  // A Loki that was built here does not know its version; the folder it lies in does.
  const said = `${stdout}${stderr}`.replace(/go version.*/g, '')
  return /\d+\.\d+\.\d+/.exec(said + path)?.[0]
}
