import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { logEvents, renderLuaCatalog } from '@cirrus/catalog'
import { edgeDefaults, edgeSourceDirectory, renderEdgeConfig } from '@cirrus/servers'
import { describe, expect, it } from 'vitest'

const read = (path: string): Promise<string> => readFile(join(edgeSourceDirectory, path), 'utf8')

function find(text: string, pattern: RegExp): readonly string[] {
  const found = [...text.matchAll(pattern)].map((match) => match[1] ?? '')
  return [...new Set(found)].toSorted()
}

describe('settings of the edge', () => {
  it('have a default in the one list, and are all used', async () => {
    const [config, lua] = [await read('nginx.conf'), await read('lua/cirrus/config.lua')]
    const placeholders = find(config, /\$\{(CIRRUS_EDGE_[A-Z_]+)\}/g)
    const variables = find(lua, /setting\("(CIRRUS_EDGE_[A-Z_]+)"/g)
    const used = [...new Set([...placeholders, ...variables])].toSorted()
    expect(Object.keys(await edgeDefaults()).toSorted()).toEqual(used)
  })

  it('that Lua reads are passed on by nginx', async () => {
    const variables = find(await read('lua/cirrus/config.lua'), /setting\("(CIRRUS_EDGE_[A-Z_]+)"/g)
    expect(find(await read('nginx.conf'), /^env (\w+);$/gm)).toEqual(variables)
  })

  it('leave no placeholder behind', async () => {
    expect(await renderEdgeConfig(await edgeDefaults())).not.toContain('${')
  })
})

describe('one fact in two places', () => {
  it('steps of time to live have a location each', async () => {
    const [, steps = ''] = /ttl_steps = \{([^}]*)\}/.exec(await read('lua/cirrus/cache.lua')) ?? []
    const locations = find(await read('nginx.conf'), /@ttl_(\d+) \{ proxy_cache_valid [\d ]+ \1s;/g)
    expect(locations.map(Number).toSorted((a, b) => a - b)).toEqual(
      steps.match(/\d+/g)?.map(Number),
    )
  })

  it('the Lua catalog is generated from the catalog', async () => {
    expect(await read('lua/cirrus/catalog.lua')).toBe(renderLuaCatalog())
  })

  it('the log event has the name that Lua writes', async () => {
    expect(await read('lua/cirrus/access_line.lua')).toContain(
      `"event":"${logEvents.edgeRequest.name}"`,
    )
  })
})
