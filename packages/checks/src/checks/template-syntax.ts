import { type Report, defineCheck } from '../check.ts'
import { parseTemplate } from '../template/parse-template.ts'

export const templateSyntax = defineCheck({
  name: 'template-syntax',
  code: 'CIR303',
  severity: 'error',
  title: 'An annotation or label that is not a valid template',
  why: 'Prometheus and Loki refuse to load the rule, or put an error text where people expect to read what is wrong.',
  check: ({ rules }) =>
    rules.flatMap(({ rule }) =>
      [...rule.labels, ...rule.annotations].flatMap(([key, text]) =>
        parseTemplate(text.value).problems.map(({ index, what }): Report => ({
          place: text.place(index),
          what: `In "${key}" of ${rule.name.value}: ${what}.`,
          mend: 'Correct the template; promtool check rules shows what Prometheus makes of it.',
        })),
      ),
    ),
})
