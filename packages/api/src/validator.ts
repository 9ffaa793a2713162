import { isHost, normaliseDomainName } from '@cirrus/store'
import { Ajv } from 'ajv'
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'

/**
 * Compiles schemas so that bodies are taken as they are: Fastify's default would turn `null` into
 * 0 and drop unknown fields. Query and path parameters are text, so there types are converted.
 * The first fault ends a check: looking for all would let clients make it slow.
 */
export function createValidator(shared: readonly TSchema[]): FastifySchemaCompiler<TSchema> {
  const [exact, converting] = [false, true].map((coerceTypes) => createAjv(coerceTypes, shared))
  return ({ schema, httpPart }) => {
    const ajv = httpPart === 'body' ? exact : converting
    if (ajv === undefined) throw new TypeError('Both validators exist')
    return ajv.compile(schema)
  }
}

function createAjv(coerceTypes: boolean, shared: readonly TSchema[]): Ajv {
  const ajv = new Ajv({
    coerceTypes,
    strict: false,
    schemas: shared.map((schema) => ({ ...schema })),
  })
  ajv.addFormat('domain-name', (text: string) => normaliseDomainName(text) !== undefined)
  ajv.addFormat('host', isHost)
  return ajv
}
