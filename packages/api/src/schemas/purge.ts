import { Type } from 'typebox'
import { named } from './shared.ts'

const domain = Type.String({ format: 'domain-name', maxLength: 253 })
const path = Type.String({
  pattern: '^/[\\x21\\x22\\x24-\\x7e]*$',
  maxLength: 2048,
  description: 'Path and query of one object; the whole domain without it.',
})

export const PurgeInputSchema = named(
  'PurgeInput',
  Type.Object(
    { domain, path: Type.Optional(path) },
    {
      additionalProperties: false,
      examples: [{ domain: 'news.demo.test', path: '/front?page=2' }],
    },
  ),
)

export const PurgeSchema = named(
  'Purge',
  Type.Object(
    { id: Type.String(), domain, path: Type.Optional(path) },
    {
      examples: [
        {
          id: '0b9a4f0e-5a3c-4f1e-9d57-51f4c62d7f10',
          domain: 'news.demo.test',
          path: '/front?page=2',
        },
      ],
    },
  ),
)
