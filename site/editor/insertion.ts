// Returns what the editor inserts into a text for an entry of a list.
import type { Lists } from './lists.ts'

export type InsertKind = 'parts' | 'facts' | 'numbers' | 'pages'

/** @param lang  the language of the text, because a link stays in it */
export function insertionOf(
  kind: InsertKind,
  value: string,
  lang: string,
  lists: Lists | null,
): string {
  if (kind === 'facts') return `<FactText id="${value}" />`
  if (kind === 'numbers') return `<Contacts ids={['${value}']} />`
  if (kind === 'parts') return value
  const label = lists?.pages.find((each) => each.value === value)?.label ?? value
  return `[${label}](/${lang}/${value}/)`
}
