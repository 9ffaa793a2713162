import { Type } from 'typebox'
import { named } from './shared.ts'

export const CertificateSchema = named(
  'Certificate',
  Type.Object(
    {
      domain: Type.String(),
      names: Type.Array(Type.String(), { description: 'Names the certificate is good for.' }),
      issuer: Type.String(),
      not_before: Type.String({ format: 'date-time' }),
      not_after: Type.String({ format: 'date-time' }),
      fingerprint: Type.String({ description: 'SHA-256 of the certificate, hexadecimal.' }),
    },
    {
      description: 'The stored certificate of a domain; its key never leaves the store.',
      examples: [
        {
          domain: 'news.demo.test',
          names: ['news.demo.test'],
          issuer: 'CN=Demo CA',
          not_before: '2026-11-23T10:00:00.000Z',
          not_after: '2027-01-07T10:00:00.000Z',
          fingerprint: '5f2b3c0d9a7e4b1f8c6d5e4f3a2b1c0d5f2b3c0d9a7e4b1f8c6d5e4f3a2b1c0d',
        },
      ],
    },
  ),
)
