import type { Page } from '@cirrus/store'

const PAGE_SIZE = 500

/** Every item of a list that is read page by page. */
export async function allPages<Item>(
  list: (cursor: string | undefined, limit: number) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await list(cursor, PAGE_SIZE)
    items.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return items
}
