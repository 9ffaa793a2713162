import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, loadYaml } from '@cirrus/config'
import type { RenderOptions } from '@cirrus/rules'
import { Type } from 'typebox'

const FILE = 'cirrus.yaml'

const url = Type.String({ pattern: '^https?://[^\\s]+[^/\\s]$' })
const strict = { additionalProperties: false } as const

const schema = Type.Object(
  {
    links: Type.Object({ grafana: url, runbooks: url }, strict),
    receiver: Type.Object({ url }, strict),
  },
  strict,
)

/**
 * Reads `cirrus.yaml` at the root of the checkout.
 *
 * @throws {ConfigError} when it is missing, or with everything that is wrong in it
 */
export async function loadSettings(root: string): Promise<Omit<RenderOptions, 'timeScale'>> {
  const { links, receiver } = loadYaml(schema, await readSettings(root), FILE)
  return { links, receiverUrl: receiver.url }
}

async function readSettings(root: string): Promise<string> {
  try {
    return await readFile(join(root, FILE), 'utf8')
  } catch {
    const wanted = `be a readable file in ${root}`
    throw new ConfigError([{ setting: FILE, current: undefined, wanted }])
  }
}
