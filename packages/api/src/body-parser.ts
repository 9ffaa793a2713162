import type { App } from './app.ts'

/** Takes JSON only. A body that is empty is none: some clients announce JSON with every DELETE. */
export function addBodyParser(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, body, done) => {
      if (body === '') done(null)
      else parse(request, body, done)
    },
  )
}
