import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '@cirrus/servers'
import { SeedError } from './errors.ts'

export interface DemoCertificate {
  readonly fullchain: string
  readonly key: string
}

/** Makes a certificate that signs itself, with the program openssl. */
export async function createDemoCertificate(
  domain: string,
  validDays: number,
): Promise<DemoCertificate> {
  const directory = await mkdtemp(join(tmpdir(), 'cirrus-certificate-'))
  const [keyFile, chainFile] = [join(directory, 'key.pem'), join(directory, 'chain.pem')]
  try {
    const args = [
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'.split(' '),
      ['-subj', `/O=Cirrus demo/CN=${domain}`, '-addext', `subjectAltName=DNS:${domain}`],
      ['-days', String(validDays), '-keyout', keyFile, '-out', chainFile],
    ]
    const { code, stderr } = await runCommand('openssl', args.flat())
    if (code !== 0) throw new SeedError(`openssl made no certificate for ${domain}: ${stderr}`)
    return {
      fullchain: await readFile(chainFile, 'utf8'),
      key: await readFile(keyFile, 'utf8'),
    }
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
