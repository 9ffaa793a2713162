import { Type } from 'typebox'
import { named, timestamps } from './shared.ts'

const exact = { additionalProperties: false }
export const NodeIdSchema = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
  description: 'Name of the machine: lower-case letters, digits, hyphens.',
})
const address = Type.String({
  format: 'host',
  maxLength: 253,
  description: 'IP address or host name.',
})
const healthPort = Type.Integer({
  minimum: 1,
  maximum: 65_535,
  default: 9145,
  description: 'Where /healthz and /metrics answer.',
})
const region = Type.String({ pattern: '^[a-z0-9-]{1,32}$', default: 'default' })
const example = { id: 'edge-a', address: '192.0.2.20', health_port: 9145, region: 'eu-west' }

const settings = {
  address,
  health_port: Type.Optional(healthPort),
  region: Type.Optional(region),
}

/** Body that creates a node. */
export const NodeInputSchema = named(
  'NodeInput',
  Type.Object({ id: NodeIdSchema, ...settings }, { ...exact, examples: [example] }),
)

/** Body that replaces a node: its id is in the path already. */
export const NodeSettingsSchema = named(
  'NodeSettings',
  Type.Object({ id: Type.Optional(NodeIdSchema), ...settings }, { ...exact, examples: [example] }),
)

export const NodeSchema = named(
  'Node',
  Type.Object(
    { id: NodeIdSchema, address, health_port: healthPort, region, ...timestamps },
    {
      examples: [
        {
          ...example,
          created_at: '2026-11-23T10:00:00.000Z',
          updated_at: '2026-11-23T10:00:00.000Z',
        },
      ],
    },
  ),
)
