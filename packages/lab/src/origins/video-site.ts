import { type Site, notFound, page, thinkingTime } from './site.ts'

const SEGMENT_KIB = [256, 384, 512, 768, 1024] as const

/** One buffer for all segments: what is in them does not matter, their size does. */
const segmentBytes = new Uint8Array(Math.max(...SEGMENT_KIB) * 1024).fill(0x47)

/** Few objects, large ones. */
export const videoSite: Site = ({ path, random }) => {
  if (path === '/') return page('Videos', 'public, max-age=30', thinkingTime(40, random))
  if (/^\/watch\/\d+$/.test(path)) {
    return page(path.slice(1), 'public, max-age=60', thinkingTime(40, random))
  }
  if (/^\/v\/\d+\/index\.m3u8$/.test(path)) {
    const playlist = page('#EXTM3U', 'public, max-age=15', thinkingTime(10, random))
    return { ...playlist, type: 'application/vnd.apple.mpegurl' }
  }
  const segment = /^\/v\/(\d+)\/(\d+)\.ts$/.exec(path)
  if (!segment) return notFound()
  const size = SEGMENT_KIB[(Number(segment[1]) + Number(segment[2])) % SEGMENT_KIB.length] ?? 256
  return {
    status: 200,
    type: 'video/mp2t',
    cacheControl: 'public, max-age=86400, immutable',
    body: segmentBytes.subarray(0, size * 1024),
    delayMs: thinkingTime(30, random),
  }
}
