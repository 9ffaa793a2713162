import { X509Certificate, createPrivateKey } from 'node:crypto'
import { CertificateError } from './errors.ts'

/** What callers hand in. */
export interface CertificateInput {
  readonly domain: string
  /** Certificate and intermediates, PEM, the certificate itself first. */
  readonly fullchain: string
  /** Its private key, PEM. */
  readonly key: string
}

/** What is told of a stored certificate; never its key. */
export interface Certificate {
  readonly domain: string
  readonly names: readonly string[]
  readonly issuer: string
  /** RFC 3339. */
  readonly not_before: string
  readonly not_after: string
  /** SHA-256 of the certificate, hexadecimal. */
  readonly fingerprint: string
}

/** @throws {CertificateError} when a text is not PEM or the key belongs to another certificate */
export function readCertificate({ domain, fullchain, key }: CertificateInput): Certificate {
  const x509 = parse(domain, 'the chain', () => new X509Certificate(fullchain))
  const privateKey = parse(domain, 'the private key', () => createPrivateKey(key))
  if (!x509.checkPrivateKey(privateKey)) {
    throw new CertificateError(domain, 'the private key belongs to another certificate')
  }
  return {
    domain,
    names: (x509.subjectAltName ?? '')
      .split(', ')
      .filter((name) => name.startsWith('DNS:'))
      .map((name) => name.slice('DNS:'.length)),
    issuer: x509.issuer.replaceAll('\n', ', '),
    not_before: new Date(x509.validFrom).toISOString(),
    not_after: new Date(x509.validTo).toISOString(),
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
  }
}

function parse<T>(domain: string, what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new CertificateError(domain, `${what} is not valid PEM`, { cause: error })
  }
}
