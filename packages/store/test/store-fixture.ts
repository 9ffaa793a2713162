import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CertificateInput, ChangeContext, DomainInput } from '../src/index.ts'

export const context: ChangeContext = { caller: 'master', requestId: 'request-1' }

export const news: DomainInput = {
  name: 'news.demo.test',
  origins: [{ scheme: 'http', host: '127.0.0.1', port: 9001 }],
  env: 'production',
  team: 'newsroom',
  business: 'news',
}

/** A self-signed certificate, made with openssl. */
export async function makeCertificate(domain: string): Promise<CertificateInput> {
  const directory = await mkdtemp(join(tmpdir(), 'cirrus-certificate-'))
  const [chainFile, keyFile] = [join(directory, 'chain.pem'), join(directory, 'key.pem')]
  const subject = `-subj /CN=${domain} -addext subjectAltName=DNS:${domain}`
  const kind = '-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 45'
  await promisify(execFile)('openssl', [
    ...`req -x509 ${kind} ${subject}`.split(' '),
    '-out',
    chainFile,
    '-keyout',
    keyFile,
  ])
  const [fullchain, key] = await Promise.all([
    readFile(chainFile, 'utf8'),
    readFile(keyFile, 'utf8'),
  ])
  return { domain, fullchain, key }
}
