import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, loadYaml } from '@cirrus/config'
import type { RenderOptions } from '@cirrus/rules'
import { type Static, Type } from 'typebox'
import { checkSchema } from '../check/settings.ts'

/** Name of the settings, at the root of the checkout. */
export const FILE = 'cirrus.yaml'

const url = Type.String({ pattern: '^https?://[^\\s]+[^/\\s]$' })
const strict = { additionalProperties: false } as const

const schema = Type.Object(
  {
    links: Type.Object({ grafana: url, runbooks: url }, strict),
    receiver: Type.Object({ url }, strict),
    check: Type.Optional(checkSchema),
  },
  strict,
)

/** Everything that `cirrus.yaml` says, and its text. */
export interface CirrusYaml {
  readonly settings: Static<typeof schema>
  readonly text: string
}

/**
 * Reads `cirrus.yaml` at the root of the checkout.
 *
 * @throws {ConfigError} when it is missing, or with everything that is wrong in it
 */
export async function loadCirrusYaml(root: string): Promise<CirrusYaml> {
  const text = await readSettings(root)
  return { settings: loadYaml(schema, text, FILE), text }
}

/**
 * What `cirrus.yaml` says about generated files.
 *
 * @throws {ConfigError} when it is missing, or with everything that is wrong in it
 */
export async function loadSettings(root: string): Promise<Omit<RenderOptions, 'timeScale'>> {
  const { links, receiver } = (await loadCirrusYaml(root)).settings
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
