import { type Site, asset, notFound, page, thinkingTime } from './site.ts'

/** Many short pages, read over and over: made for a cache. */
export const newsSite: Site = ({ path, random }) => {
  if (path === '/') return page('Front page', 'public, max-age=10', thinkingTime(40, random))
  if (path === '/live.json') {
    return { ...page('Live', 'no-store', thinkingTime(15, random)), type: 'application/json' }
  }
  if (path.startsWith('/assets/')) return asset(path)
  const [, section, story] = /^\/(world|business|science|sport|culture)(?:\/story-\d+)?$/.exec(path)
    ? path.split('/')
    : []
  if (section === undefined) return notFound()
  return page(
    story ?? section,
    story === undefined ? 'public, max-age=20' : 'public, max-age=120',
    thinkingTime(35, random),
  )
}
