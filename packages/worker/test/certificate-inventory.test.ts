import { execFile } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type RunningRedis, startRedis, waitUntil } from '@cirrus/servers'
import { type CertificateInput, type ConnectedStore, connectStore } from '@cirrus/store'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestWorker, context, news, startTestWorker } from './worker-fixture.ts'

const labels = '{host="news.demo.test",env="production",team="newsroom",business="news"}'
const notAfter = `cirrus_certificate_not_after_timestamp_seconds${labels}`
const notBefore = `cirrus_certificate_not_before_timestamp_seconds${labels}`

let redis: RunningRedis
let store: ConnectedStore
let worker: TestWorker

beforeEach(async () => {
  redis = await startRedis()
  store = await connectStore({ url: redis.url })
  worker = await startTestWorker(redis.url)
})

afterEach(async () => {
  await worker?.stop()
  await store?.close()
  await redis?.stop()
})

const sampleIs = (series: string, value: number | undefined): Promise<true> =>
  waitUntil(async () => (await worker.sample(series)) === value || undefined, {
    what: `${series} to be ${value}`,
  })

/** A self-signed certificate, made with openssl. */
async function makeCertificate(domain: string, days: number): Promise<CertificateInput> {
  const directory = await mkdtemp(join(tmpdir(), 'cirrus-worker-'))
  const [chainFile, keyFile] = [join(directory, 'chain.pem'), join(directory, 'key.pem')]
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'.split(' ')
  const subject = ['-subj', `/CN=${domain}`, '-addext', `subjectAltName=DNS:${domain}`]
  const files = ['-out', chainFile, '-keyout', keyFile]
  await promisify(execFile)('openssl', [...request, '-days', `${days}`, ...subject, ...files])
  const [fullchain, key] = await Promise.all([
    readFile(chainFile, 'utf8'),
    readFile(keyFile, 'utf8'),
  ])
  return { domain, fullchain, key }
}

describe('certificate-inventory', () => {
  it('exports the validity of the certificate of every domain, while there is one', async () => {
    await store.domains.put(news, context)
    await store.domains.put({ ...news, name: 'bare.demo.test' }, context)
    await sampleIs('cirrus_domains_without_certificate', 2)
    expect(await worker.sample(notAfter)).toBeUndefined()

    const first = await store.certificates.put(await makeCertificate(news.name, 45), context)
    await sampleIs(notAfter, Date.parse(first.not_after) / 1000)
    expect(await worker.sample(notBefore)).toBe(Date.parse(first.not_before) / 1000)
    expect(await worker.sample('cirrus_domains_without_certificate')).toBe(1)

    const renewed = await store.certificates.put(await makeCertificate(news.name, 90), context)
    await sampleIs(notAfter, Date.parse(renewed.not_after) / 1000)
    expect(Date.parse(renewed.not_after) - Date.parse(first.not_after)).toBeGreaterThan(
      44 * 86_400_000,
    )

    await store.domains.delete(news.name, context)
    await sampleIs(notAfter, undefined)
    await sampleIs(notBefore, undefined)
    await sampleIs('cirrus_domains_without_certificate', 1)
  })

  it('follows a domain to another owner', async () => {
    await store.domains.put(news, context)
    const { not_after } = await store.certificates.put(await makeCertificate(news.name, 1), context)
    await sampleIs(notAfter, Date.parse(not_after) / 1000)
    await store.domains.put({ ...news, team: 'media' }, context)
    await sampleIs(notAfter.replace('newsroom', 'media'), Date.parse(not_after) / 1000)
    expect(await worker.sample(notAfter)).toBeUndefined()
  })

  it('skips, with a reason, while there is no domain', async () => {
    await sampleIs('cirrus_jobs_total{job_name="certificate-inventory",branch="done"}', 0)
    await waitUntil(() => worker.lines.some(({ reason }) => reason === 'no_domains'))
    expect(worker.lines.find(({ reason }) => reason === 'no_domains')).toMatchObject({
      event: 'job.ended',
      job_name: 'certificate-inventory',
      branch: 'skipped',
      attempt: 1,
    })
    await sampleIs('cirrus_domains_without_certificate', 0)
  })
})
