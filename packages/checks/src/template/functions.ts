/** Words that Go itself understands in templates. */
const builtIn =
  'and break call continue define else end eq false ge gt html if index js le len lt ne nil not or print printf println range slice template block true urlquery with'

/** Functions that Prometheus and Loki add, up to Prometheus 3. */
const prometheus =
  'args externalURL first graphLink humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp label match now parseDuration pathPrefix query reReplaceAll safeHtml sortByLabel stripDomain stripPort strvalue tableLink title tmpl toDuration toLower toTime toUpper urlQueryEscape value'

/** Everything that may be called in an annotation. */
export const templateWords: ReadonlySet<string> = new Set(`${builtIn} ${prometheus}`.split(' '))

/** Variables that every annotation has. */
export const templateVariables: readonly string[] = [
  '$',
  '$labels',
  '$externalLabels',
  '$externalURL',
  '$value',
]
