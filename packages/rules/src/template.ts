import type { Quantity } from '@cirrus/queries'
import { valueFormats } from './value-format.ts'

const labelReference = /\{\{ \$labels\.(\w+) \}\}/g
const encodedLabelReference = /%7B%7B%20%24labels\.(\w+)%20%7D%7D/g
const urlLabelReference = /\{\{ \$labels\.(\w+) \| urlquery \}\}/g

/** Percent-encodes text for a URL; label references inside stay references, and encode themselves. */
export function encodeTemplate(text: string): string {
  return encodeURIComponent(text).replace(encodedLabelReference, '{{ $labels.$1 | urlquery }}')
}

/** What Prometheus makes of a template when an alert with these labels and this value fires. */
export function expandTemplate(
  template: string,
  labels: Readonly<Record<string, string>>,
  { value, unit }: { readonly value: number; readonly unit: Quantity },
): string {
  const format = valueFormats[unit]
  return template
    .replace(labelReference, (_, name: string) => labels[name] ?? '')
    .replace(urlLabelReference, (_, name: string) => encodeURIComponent(labels[name] ?? ''))
    .replaceAll(format.template, () => format.format(value))
}
