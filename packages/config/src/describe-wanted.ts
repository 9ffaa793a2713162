import type { ErrorObject } from 'ajv'

/** Turns an Ajv error into the end of the sentence "must …". */
export function describeWanted(error: ErrorObject): string {
  const { keyword, params } = error
  if (keyword === 'enum') return `be one of ${params['allowedValues'].join(', ')}`
  if (keyword === 'additionalProperties') {
    return `not have the unknown key ${JSON.stringify(params['additionalProperty'])}`
  }
  if (keyword === 'type') return `be of type ${params['type']}`
  if (keyword === 'pattern') return `match ${params['pattern']}`
  return (error.message ?? 'be valid').replace(/^must /, '')
}
