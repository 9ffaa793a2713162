import { Ajv } from 'ajv'
import type { Static, TSchema } from 'typebox'
import { parseDocument } from 'yaml'
import { deepFreeze } from './deep-freeze.ts'
import { describeWanted } from './describe-wanted.ts'
import { ConfigError } from './errors.ts'

/**
 * Parses YAML text and checks it against a schema.
 *
 * @param schema JSON Schema of the document
 * @param text the YAML
 * @param file shown in problems
 * @throws {ConfigError} with every problem at once, each naming file and path
 */
export function loadYaml<T extends TSchema>(
  schema: T,
  text: string,
  file: string,
): Readonly<Static<T>> {
  const document = parseDocument(text)
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(({ message, linePos }) => ({
        setting: `${file}:${linePos?.[0].line ?? 1}`,
        current: message.split('\n')[0],
        wanted: 'be valid YAML',
      })),
    )
  }
  const value: unknown = document.toJS() ?? {}
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: false })
  const check = ajv.compile(structuredClone(schema))
  if (!check(value)) {
    throw new ConfigError(
      (check.errors ?? []).map((error) => ({
        setting: `${file}${error.instancePath || '/'}`,
        current: JSON.stringify(valueAt(value, error.instancePath)),
        wanted: describeWanted(error),
      })),
    )
  }
  return deepFreeze(value as Static<T>)
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null
          ? Object.entries(inner).find(([name]) => name === key)?.[1]
          : undefined,
      value,
    )
}
