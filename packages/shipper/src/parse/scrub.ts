const CLIENT = /\bclient: [^\s,]+/g
const QUERY = /\?[^\s"']*/g
const IPV4 = /(?<![\w.]|:\/\/)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g
const IPV6 = /(?<!:\/\/)\[[0-9a-f:.]*:[0-9a-f:.]*\]/gi

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
    .replace(IPV6, '-')
}
