// Facts by id, and the line that names their source. An id that content/facts.json does not hold stops the build.
import { facts } from '#content/published.ts'
import { type Fact } from '#content/schema.ts'
import { type Language } from '../i18n/languages.ts'
import { writtenDay } from '../i18n/day.ts'
import { t } from '../i18n/text.ts'

export function factOf(id: string): Fact {
  const fact = facts.find((each) => each.id === id)
  if (fact === undefined) throw new Error(`content/facts.json has no fact ${id}`)
  return fact
}

export const sourceOf = (lang: Language, { source, date }: Fact): string =>
  date === null
    ? t(lang, 'fact.source.undated', { source })
    : t(lang, 'fact.source', { source, date: writtenDay(date) })
