import { type Report, defineCheck } from '../check.ts'
import { showsData } from './shows-data.ts'

export const panelDescription = defineCheck({
  name: 'panel-description',
  code: 'CIR405',
  severity: 'info',
  title: 'A panel without title or description',
  why: 'Whoever is woken up at night sees a curve and must guess what it means.',
  check: ({ dashboards }) =>
    dashboards.flatMap(({ panels }) =>
      panels.filter(showsData).flatMap(({ title, description, kind, place }): readonly Report[] => {
        const missing = [...(title ? [] : ['title']), ...(description ? [] : ['description'])]
        if (missing.length === 0) return []
        const what = `The ${kind} panel "${title}" has no ${missing.join(' and no ')}.`
        return [{ place: place(), what, mend: 'Say what it shows and what is normal.' }]
      }),
    ),
})
