/** Who owns a service or a domain, and is told when it breaks. */
export const teams = {
  platform: { description: 'Runs edges, control plane and telemetry.' },
  newsroom: { description: 'News sites.' },
  commerce: { description: 'Shops and checkout.' },
  media: { description: 'Video and large downloads.' },
} as const satisfies Record<string, { readonly description: string }>

export type Team = keyof typeof teams

export const teamNames = Object.keys(teams) as readonly Team[]

/** Lines of business that costs are booked to. */
export const businesses = ['internal', 'news', 'retail', 'video'] as const

export type Business = (typeof businesses)[number]
