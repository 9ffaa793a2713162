const CLIENT = /\bclient: [^\s,]+/g
const QUERY = /\?[^\s"']*/g
const IPV4 = /(?<![\w.]|:\/\/)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g
// A bounded length, so that no text takes quadratic time.
const BRACKETED = /(?<!:\/\/)\[[0-9a-f.:]{2,45}\]/gi

/**
 * Takes client addresses and query strings out of a text that nginx wrote.
 *
 * The only addresses left are those in URLs: they are origins, which people on call need.
 */
export function scrubClient(text: string): string {
  return text
    .replace(CLIENT, 'client: -')
    .replace(QUERY, '?-')
    .replace(IPV4, '-')
    .replace(BRACKETED, (match) => (match.includes(':') ? '-' : match))
}
