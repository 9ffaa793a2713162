import { popular, popularIndex } from './random.ts'

/** Somebody who visits again and again: an address of their own and one user agent. */
export interface Visitor {
  readonly address: string
  readonly userAgent: string
}

const VISITORS = 240

const userAgents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'curl/8.14.1',
] as const

/** The visitor that comes next: a few come all the time, most now and then. */
export function nextVisitor(random: () => number): Visitor {
  const index = popularIndex(VISITORS, random)
  return { address: addressOf(index), userAgent: agentOf(index) }
}

/** All of 127.0.0.0/8 is this machine, so each visitor can have an address of their own. */
function addressOf(index: number): string {
  return `127.10.${Math.floor(index / 250)}.${(index % 250) + 1}`
}

function agentOf(index: number): string {
  // A fixed spread over the list, so that a visitor keeps their browser.
  return popular(userAgents, () => ((index * 37) % 100) / 100)
}
