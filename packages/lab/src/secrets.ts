import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Secrets } from './component.ts'

/** Where the API's master token stands, for `curl`. */
export function tokenFile(directory: string): string {
  return join(directory, 'secrets/api-token')
}

/** Secrets of this lab, made up at its first start and kept with its data. */
export async function loadSecrets(directory: string): Promise<Secrets> {
  return {
    masterToken: await readOrCreate(tokenFile(directory)),
    redisPassword: await readOrCreate(join(directory, 'secrets/redis-password')),
    pseudonymKey: await readOrCreate(join(directory, 'secrets/pseudonym-key')),
  }
}

async function readOrCreate(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept !== '') return kept
  const fresh = randomBytes(24).toString('base64url')
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, fresh, { mode: 0o600 })
  return fresh
}
