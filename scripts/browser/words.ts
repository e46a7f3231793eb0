// Reads the words on the screens from content/, so that a test can find a button by its label.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isWholeLanguage, type WholeLanguage } from '#content/languages.ts'
import { root } from '#scripts/shared/paths'
import { defaultLanguage } from '#site/i18n/languages.ts'

const FILES = [
  ...[
    'site',
    'tell',
    'more',
    'tools',
    'offer',
    'paper',
    'staff',
    'staff-case',
    'staff-class',
    'staff-help',
    'staff-referral',
    'staff-figures',
    'errors',
    'check',
    'recovery',
  ],
]

/**
 * Looks up a string by its key and fills in placeholders such as `{n}`. For a language that the
 * organisation lacks, returns the strings of its first language.
 *
 * @throws for an unknown key
 */
export function wordsIn(
  lang: WholeLanguage,
): (key: string, fill?: Record<string, string>) => string {
  const known = isWholeLanguage(lang) ? lang : defaultLanguage
  const all = Object.assign(
    {},
    ...FILES.map((file): unknown =>
      JSON.parse(readFileSync(join(root, 'content/strings', known, `${file}.json`), 'utf8')),
    ),
  ) as Record<string, string>
  return (key, fill = {}) => {
    const text = all[key]
    if (text === undefined) throw new Error(`${lang}: no string ${key}`)
    return text.replace(/\{(\w+)\}/g, (_, name: string) => fill[name] ?? '')
  }
}
