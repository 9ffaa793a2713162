import { isIP } from 'node:net'
import { domainToASCII, domainToUnicode } from 'node:url'

const MAX_NAME_LENGTH = 253
// Characters that the URL parser behind domainToASCII would decode, cut at or silently drop.
const unsafe = /[\s%/\\:@?#[\]<>^|\p{Cc}]/u
const label = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/**
 * The canonical form of a domain name: lower case, internationalised labels as `xn--…`, no dot at
 * the end. Returns undefined for anything that is no fully qualified host name: addresses,
 * wildcards, single labels.
 */
export function normaliseDomainName(text: string): string | undefined {
  if (unsafe.test(text)) return undefined
  const name = domainToASCII(text).replace(/\.$/, '')
  const labels = name.split('.')
  const isName =
    labels.length >= 2 &&
    name.length <= MAX_NAME_LENGTH &&
    labels.every((part) => label.test(part)) &&
    isPunycodeSound(name) &&
    !/^\d+$/.test(labels.at(-1) ?? '')
  return isName ? name : undefined
}

/** Newer versions of Node hand ASCII through unchecked: only decoding tells what is broken. */
function isPunycodeSound(name: string): boolean {
  const unicode = domainToUnicode(name)
  return !/(^|\.)xn--/.test(unicode) && domainToASCII(unicode) === name
}

/** Whether text is an IP address or a host name, a single label included: where to connect to. */
export function isHost(text: string): boolean {
  const hostName =
    /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i
  return isIP(text) !== 0 || (hostName.test(text) && !/(^|\.)\d+$/.test(text))
}
