import { CertificateSchema } from './schemas/certificate.ts'
import { DomainInputSchema, DomainSchema, DomainSettingsSchema } from './schemas/domain.ts'
import { EventSchema } from './schemas/event.ts'
import { NodeInputSchema, NodeSchema, NodeSettingsSchema } from './schemas/node.ts'
import { PurgeInputSchema, PurgeSchema } from './schemas/purge.ts'
import { ProblemSchema } from './schemas/shared.ts'

/** Schemas that routes refer to by name. */
export const sharedSchemas = [
  ProblemSchema,
  DomainSchema,
  DomainInputSchema,
  DomainSettingsSchema,
  NodeSchema,
  NodeInputSchema,
  NodeSettingsSchema,
  CertificateSchema,
  PurgeSchema,
  PurgeInputSchema,
  EventSchema,
] as const
