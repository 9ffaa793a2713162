import { describe, expect, it } from 'vitest'
import { parseTemplate } from './parse-template.ts'

function labelsIn(text: string): readonly string[] {
  return parseTemplate(text).labels.map(({ label }) => label)
}

function problemsIn(text: string): readonly string[] {
  return parseTemplate(text).problems.map(({ what }) => what)
}

describe('parseTemplate', () => {
  it.each([
    ['{{ $labels.host }} is down', ['host']],
    ['{{$labels.host}}/{{ .Labels.job | urlquery }}', ['host', 'job']],
    ['{{ index $labels "service.name" }}', ['service.name']],
    ['{{ printf "%s %s" $labels.a $labels.b }}', ['a', 'b']],
    ['{{ $value | humanize }} without labels', []],
    ['{{ "{{" }} $labels.host {{ "}}" }}', []],
    ['{{/* $labels.host */}}', []],
  ])('finds the labels of %s', (text, labels) => {
    expect(labelsIn(text)).toEqual(labels)
    expect(problemsIn(text)).toEqual([])
  })

  it('leaves out labels that are only used where they exist', () => {
    const text = '{{ if $labels.pod }}pod {{ $labels.pod }}{{ else }}{{ $labels.host }}{{ end }}'
    expect(labelsIn(text)).toEqual(['host'])
    expect(labelsIn('{{ with $labels.pod }}{{ . }}{{ end }}{{ $labels.pod }}')).toEqual(['pod'])
  })

  it('knows that the dot of a query result is not the alert', () => {
    const text =
      '{{ range query "up" }}{{ .Labels.instance }}{{ $labels.job }}{{ end }}{{ .Labels.a }}'
    expect(labelsIn(text)).toEqual(['job', 'a'])
  })

  it.each([
    ['{{ $labels.host', '"{{" is never closed by "}}"'],
    ['{{ if $value }}x', '"if" has no "{{ end }}"'],
    ['x {{ end }}', '"end" ends no block'],
    ['{{ else }}', '"else" belongs to no block'],
    ['{{ $label.host }}', 'The variable $label does not exist'],
    ['{{ $value | humanise }}', 'The function humanise does not exist'],
    ['{{ }}', 'This action is empty'],
    ['{{ $labels.host ? }}', '"$labels.host ?" is not a template action'],
  ])('finds what is wrong with %s', (text, problem) => {
    expect(problemsIn(text)).toEqual([problem])
  })

  it('accepts what is declared', () => {
    expect(
      problemsIn('{{ $x := 1.5 }}{{ $x }}{{ range $i, $e := query "up" }}{{ $e.Value }}{{ end }}'),
    ).toEqual([])
  })
})
