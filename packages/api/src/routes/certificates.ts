import type { Store } from '@cirrus/store'
import { Type } from 'typebox'
import type { App } from '../app.ts'
import { canonicalDomain } from '../canonical-domain.ts'
import { ApiError } from '../errors.ts'
import { CertificateSchema } from '../schemas/certificate.ts'
import { DomainNameSchema } from '../schemas/domain.ts'
import { json, problems, ref } from '../schemas/shared.ts'

export function addCertificateRoutes(
  app: App,
  { certificates }: Pick<Store, 'certificates'>,
): void {
  app.get(
    '/domains/:name/certificate',
    {
      schema: {
        operationId: 'getCertificate',
        summary: 'Read what is known of the certificate of a domain',
        tags: ['certificates'],
        params: Type.Object({ name: DomainNameSchema }),
        response: {
          200: json('The certificate, without its key.', ref(CertificateSchema)),
          ...problems('badRequest', 'unauthenticated', 'notFound', 'storeUnavailable'),
        },
      },
    },
    async (request) => {
      const domain = canonicalDomain(request.params.name)
      request.outcome = { ...request.outcome, domain }
      const certificate = await certificates.get(domain)
      if (certificate !== undefined) return certificate
      throw new ApiError('notFound', `No certificate is stored for ${domain}`)
    },
  )
}
