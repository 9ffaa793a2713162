import { businesses, environments, teamNames } from '@cirrus/catalog'
import { Type } from 'typebox'
import { named, oneOf, timestamps } from './shared.ts'

const exact = { additionalProperties: false }
const host = Type.String({
  format: 'host',
  maxLength: 253,
  description: 'Address or host name to connect to.',
})
const scheme = oneOf(['http', 'https'])
const port = Type.Integer({ minimum: 1, maximum: 65_535 })
const sni = Type.String({
  format: 'domain-name',
  maxLength: 253,
  description: 'Name sent in the TLS handshake; the host by default.',
})
const weight = Type.Integer({
  minimum: 1,
  maximum: 1000,
  default: 1,
  description: 'Share of requests among the origins.',
})
const enable = Type.Boolean({ default: true })
const ttl = Type.Integer({
  minimum: 0,
  maximum: 31_536_000,
  default: 60,
  description: 'How long answers without a lifetime of their own are kept, seconds.',
})
const headers = Type.Unsafe<Record<string, string>>({
  type: 'object',
  propertyNames: { pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$" },
  additionalProperties: { type: 'string', maxLength: 2000, pattern: '^[\\x20-\\x7e]*$' },
  maxProperties: 50,
  description: 'Headers added to requests to origins.',
})
const owner = {
  env: oneOf(environments, { description: 'Environment.' }),
  team: oneOf(teamNames, { description: 'Team that is told when it breaks.' }),
  business: oneOf(businesses, { description: 'Line of business that pays.' }),
}
export const DomainNameSchema = Type.String({
  format: 'domain-name',
  maxLength: 253,
  description: 'Fully qualified host name; kept in lower case, other scripts as xn--….',
})
const maxOrigins = 20

const exampleOrigin = { scheme: 'http', host: '192.0.2.10', port: 80 }
const example = {
  name: 'news.demo.test',
  origins: [exampleOrigin],
  cache: { ttl: 60 },
  upstream_headers: { 'X-Site': 'news' },
  env: 'production',
  team: 'newsroom',
  business: 'news',
}

const OriginInput = Type.Object(
  { scheme, host, port, sni: Type.Optional(sni), weight: Type.Optional(weight) },
  exact,
)

const settings = {
  origins: Type.Array(OriginInput, { minItems: 1, maxItems: maxOrigins }),
  cache: Type.Optional(
    Type.Object({ enable: Type.Optional(enable), ttl: Type.Optional(ttl) }, exact),
  ),
  upstream_headers: Type.Optional(headers),
  ...owner,
}

/** Body that creates a domain. */
export const DomainInputSchema = named(
  'DomainInput',
  Type.Object({ name: DomainNameSchema, ...settings }, { ...exact, examples: [example] }),
)

/** Body that replaces a domain: its name is in the path already. */
export const DomainSettingsSchema = named(
  'DomainSettings',
  Type.Object(
    { name: Type.Optional(DomainNameSchema), ...settings },
    { ...exact, examples: [example] },
  ),
)

export const DomainSchema = named(
  'Domain',
  Type.Object(
    {
      name: DomainNameSchema,
      origins: Type.Array(Type.Object({ scheme, host, port, sni: Type.Optional(sni), weight })),
      cache: Type.Object({ enable, ttl }),
      upstream_headers: headers,
      ...owner,
      ...timestamps,
    },
    {
      examples: [
        {
          ...example,
          origins: [{ ...exampleOrigin, weight: 1 }],
          cache: { enable: true, ttl: 60 },
          created_at: '2026-11-23T10:00:00.000Z',
          updated_at: '2026-11-23T10:00:00.000Z',
        },
      ],
    },
  ),
)
