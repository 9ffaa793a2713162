import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The given folder, made if absent, or a fresh temporary one. */
export async function serverDirectory(name: string, directory?: string): Promise<string> {
  if (directory === undefined) return mkdtemp(join(tmpdir(), `cirrus-${name}-`))
  await mkdir(directory, { recursive: true })
  return directory
}

/** Whether a GET answers with a 2xx status within a second. */
export async function answersOk(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1000) }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.ok
    },
    () => false,
  )
}
