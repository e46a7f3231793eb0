// Returns the text that the editor inserts for an entry of a list.
import { PAGE_PARTS } from '#content/parts.ts'
import type { Lists } from './lists.ts'

export type InsertKind = 'parts' | 'facts' | 'numbers' | 'pages'

/** True for a part that must be on a separate line. */
function isPart(text: string): boolean {
  const [, name] = /^<(\w+)/.exec(text) ?? []
  return PAGE_PARTS.some((part) => part.name === name && part.isInline !== true)
}

/** Surrounds a part with empty lines, so that the part is never inside a sentence. */
export function placed(text: string, before: string, after: string): string {
  if (!isPart(text)) return text
  const above = before.trim() === '' || before.endsWith('\n\n') ? '' : '\n\n'
  const below = after === '' || after.startsWith('\n') ? '' : '\n\n'
  return above + text + below
}

/** @param lang  the language of the text; a link leads to the page in the same language */
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
