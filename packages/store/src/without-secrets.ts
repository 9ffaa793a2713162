const REDACTED = '[redacted]'
const secretName = /authorization|cookie|password|secret|token|api-?key|private|^key$/i

/** A copy in which the value of everything named like a secret is masked. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretName.test(name) ? REDACTED : withoutSecrets(inner),
    ]),
  )
}
