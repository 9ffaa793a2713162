import { serviceNames } from '@cirrus/catalog'
import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false } as const
const text = Type.String({ minLength: 1 })

/** The part `check` of `cirrus.yaml`. */
export const checkSchema = Type.Object(
  {
    /** The most series one metric may have, by the bounds of its labels. */
    series_per_metric: Type.Optional(Type.Integer({ minimum: 1 })),
    /** How many processes of each service there are. */
    instances: Type.Optional(
      Type.Partial(
        Type.Object(
          Object.fromEntries(serviceNames.map((name) => [name, Type.Integer({ minimum: 1 })])),
          strict,
        ),
      ),
    ),
    suppress: Type.Optional(
      Type.Array(
        Type.Object(
          { check: text, file: Type.Optional(text), match: Type.Optional(text), reason: text },
          strict,
        ),
      ),
    ),
  },
  strict,
)

export type CheckSettings = Static<typeof checkSchema>
