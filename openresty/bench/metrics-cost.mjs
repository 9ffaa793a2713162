// What the edge's metrics cost: CPU time of the nginx worker per cached request, with metrics and
// without, in interleaved pairs; then the latency of requests while /metrics is scraped every second
// with as many hosts as the catalog allows. About 50 s. Needs `npx tsc -b` and wrk.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { Agent, createServer, get } from 'node:http'
import { labels } from '@cirrus/catalog'
import { startEdge, startRedis } from '@cirrus/servers'
import { Redis } from 'ioredis'

const PAIRS = 12
const PAIR_SECONDS = 1
const SCRAPE_RUNS = 3
const SCRAPE_SECONDS = 3
const CONNECTIONS = 16

function hasWrk() {
  try {
    execFileSync('sh', ['-c', 'command -v wrk'])
    return true
  } catch {
    return false
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Nanoseconds that the only worker of an edge has been on a CPU. */
async function workerCpu(edge) {
  const children = await readFile(`/proc/${edge.pid}/task/${edge.pid}/children`, 'utf8')
  const times = children.trim().split(' ').map(cpuOf)
  return Math.max(...(await Promise.all(times)))
}

/** Zero for a child that has ended: nginx's cache loader does. */
async function cpuOf(pid) {
  const text = await readFile(`/proc/${pid}/schedstat`, 'utf8').catch(() => '0')
  return Number(text.split(' ')[0])
}

/** Requests made and the 99th percentile of their latency in milliseconds. */
async function load(edge, seconds) {
  const args = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '--latency', '-H', 'Host: bench-0.test']
  const wrk = spawn('wrk', [...args, `${edge.httpUrl}/object`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  wrk.stdout.on('data', (chunk) => (text += chunk))
  await once(wrk, 'close')
  const [, value, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(text)
  return {
    requests: Number(/(\d+) requests in/.exec(text)[1]),
    p99Ms: Number(value) * { us: 0.001, ms: 1, s: 1000 }[unit],
  }
}

async function cpuMicrosPerRequest(edge) {
  const before = await workerCpu(edge)
  const { requests } = await load(edge, PAIR_SECONDS)
  return ((await workerCpu(edge)) - before) / 1000 / requests
}

async function measureCost(plain, measured) {
  const without = []
  const differences = []
  for (let pair = 0; pair < PAIRS; pair += 1) {
    // Each goes first as often as the other.
    const order = pair % 2 === 0 ? [plain, measured] : [measured, plain]
    const costs = new Map()
    for (const edge of order) costs.set(edge, await cpuMicrosPerRequest(edge))
    without.push(costs.get(plain))
    differences.push(costs.get(measured) - costs.get(plain))
  }
  console.log(`CPU per cached request without metrics   ${median(without).toFixed(1)} µs`)
  console.log(
    `  added by metrics (median of ${PAIRS} pairs)   ${median(differences).toFixed(1)} µs`,
  )
}

async function scrape(edge) {
  const began = performance.now()
  const text = await (await fetch(edge.metricsUrl)).text()
  return { ms: performance.now() - began, text }
}

async function measureScrapes(edge) {
  const quiet = []
  const scraped = []
  const scrapes = []
  for (let run = 0; run < SCRAPE_RUNS; run += 1) {
    quiet.push((await load(edge, SCRAPE_SECONDS)).p99Ms)
    const timer = setInterval(() => scrape(edge).then(({ ms }) => scrapes.push(ms)), 1000)
    scraped.push((await load(edge, SCRAPE_SECONDS)).p99Ms)
    clearInterval(timer)
  }
  const { text } = await scrape(edge)
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length
  console.log(
    `Page of ${series} series                        ${Math.round(text.length / 1024)} KiB`,
  )
  console.log(`  time of a scrape under load            ${median(scrapes).toFixed(0)} ms`)
  console.log(`p99 latency without scrapes              ${median(quiet).toFixed(2)} ms`)
  console.log(`  scraped every second                   ${median(scraped).toFixed(2)} ms`)
}

/** Asks each host once, so that all of them have series. */
async function touchHosts(edge, hosts) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const ask = async (host) => {
    const [response] = await once(
      get({ port: edge.httpPort, host: '127.0.0.1', path: '/object', headers: { host }, agent }),
      'response',
    )
    response.resume()
    await once(response, 'end')
  }
  for (let i = 0; i < hosts.length; i += 50) await Promise.all(hosts.slice(i, i + 50).map(ask))
  agent.destroy()
}

async function main() {
  if (!hasWrk()) {
    console.log('Not measured: wrk is not on PATH (Debian package wrk).')
    return
  }
  const origin = createServer((_, response) => {
    response.setHeader('cache-control', 'max-age=3600')
    response.end('x'.repeat(1024))
  }).listen(0, '127.0.0.1')
  await once(origin, 'listening')
  const server = await startRedis()
  const redis = new Redis(server.url)
  const hosts = Array.from({ length: labels.host.bound }, (_, i) => `bench-${i}.test`)
  const origins = [{ scheme: 'http', host: '127.0.0.1', port: origin.address().port, weight: 1 }]
  for (const name of hosts) await redis.set(`cdn:dom:${name}`, JSON.stringify({ name, origins }))
  const start = (metrics) =>
    startEdge({
      redisUrl: server.url,
      node: `bench-${metrics}`,
      settings: { CIRRUS_EDGE_METRICS: metrics },
    })
  const [plain, measured] = [await start('off'), await start('on')]
  try {
    for (const edge of [plain, measured]) await load(edge, 1)
    await measureCost(plain, measured)
    await touchHosts(measured, hosts)
    await measureScrapes(measured)
  } finally {
    redis.disconnect()
    await Promise.all([plain.stop(), measured.stop(), server.stop()])
    origin.close()
    origin.closeAllConnections()
  }
}

await main()
