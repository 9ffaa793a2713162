/** What takes the place of a secret. */
export const REDACTED = '[redacted]'

const secretNames = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'token',
  'password',
  'secret',
  'key',
  'private_key',
  'privateKey',
]

/** Paths of secrets in a log line, at the top and up to two objects deep. */
export const secretPaths = ['', '*', '*.*'].flatMap((prefix) =>
  secretNames.map((name) => join(prefix, name)),
)

function join(prefix: string, name: string): string {
  return prefix === '' || name.startsWith('[') ? `${prefix}${name}` : `${prefix}.${name}`
}

// These run over JSON text, so none may match past the closing quote of a string.
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^"\\]|\\[nr])*/g, REDACTED],
  [/\b(Bearer|Basic) [\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  [/(\w+:\/\/)[^\s/@"\\]*:[^\s/@"\\]*@/g, `$1${REDACTED}@`],
]

/** Takes private keys, bearer tokens and credentials of URLs out of the texts of a JSON line. */
export function scrub(line: string): string {
  return secretTexts.reduce((rest, [pattern, mask]) => rest.replaceAll(pattern, mask), line)
}
