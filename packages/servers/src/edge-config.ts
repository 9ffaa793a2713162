import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where `nginx.conf`, `defaults.env` and the Lua code are. */
export const edgeSourceDirectory = fileURLToPath(new URL('../../../openresty', import.meta.url))

export type EdgeSettings = Readonly<Record<string, string>>

const PLACEHOLDER = /\$\{(CIRRUS_EDGE_[A-Z_]+)\}/g

/** Every `CIRRUS_EDGE_…` setting with its default, from the list that the image's entry point reads. */
export async function edgeDefaults(): Promise<EdgeSettings> {
  const text = await readFile(join(edgeSourceDirectory, 'defaults.env'), 'utf8')
  const lines = text.matchAll(/^(CIRRUS_EDGE_[A-Z_]+)=(.*)$/gm)
  return Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]))
}

/**
 * The defaults with `settings` in place of some.
 *
 * @throws {RangeError} for a setting that is not on the list
 */
export async function edgeSettings(settings: EdgeSettings): Promise<EdgeSettings> {
  const defaults = await edgeDefaults()
  const unknown = Object.keys(settings).filter((name) => !(name in defaults))
  if (unknown.length > 0) {
    const known = Object.keys(defaults).join(', ')
    throw new RangeError(`The edge has no setting ${unknown.join(', ')}; it has ${known}`)
  }
  return { ...defaults, ...settings }
}

/** `nginx.conf` with its placeholders replaced. */
export async function renderEdgeConfig(settings: EdgeSettings): Promise<string> {
  const text = await readFile(join(edgeSourceDirectory, 'nginx.conf'), 'utf8')
  return text.replace(PLACEHOLDER, (placeholder, name: string) => settings[name] ?? placeholder)
}
