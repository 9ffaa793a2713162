const pattern = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/
const unitSeconds = [31_536_000, 604_800, 86_400, 3600, 60, 1, 0.001]

/** Seconds of a Prometheus duration such as `1h30m`; undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  const parts = text === '' ? null : pattern.exec(text)
  if (!parts) return undefined
  return unitSeconds.reduce((sum, size, index) => sum + size * Number(parts[index + 1] ?? 0), 0)
}
