// Reads the lists that an editor chooses from: facts, numbers, pages and parts. Each call rereads
// the files, so that the lists show the latest saved values.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Language } from '#content/languages.ts'
import { COUNTRY_PARTS, PAGE_PARTS } from '#content/parts.ts'
import { pictures } from '../components/pictures/scenes.ts'
import { countryPage, pageNames, storyPage } from '../pages.ts'

/** An entry of a list: its label, and the value in the files. */
export interface ListEntry {
  label: string
  value: string
}

export interface Lists {
  facts: ListEntry[]
  numbers: ListEntry[]
  pages: ListEntry[]
  pictures: ListEntry[]
  /** The parts of a page and of a country's text, each with its example. */
  parts: ListEntry[]
  countryParts: ListEntry[]
}

type Strings = Readonly<Record<string, string>>

const HOME = fileURLToPath(new URL('../../content/', import.meta.url))
const MOST_LETTERS = 90

const short = (text: string): string =>
  text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS).trimEnd()}…` : text

/**
 * Reads the lists in a language.
 *
 * @param label  returns the name of a part, from the labels of the editor
 */
export function listsIn(lang: Language, label: (key: string) => string, home = HOME): Lists {
  // Guarantee: `npm run content` reports a record that lacks these fields.
  const read = (path: string): unknown => JSON.parse(readFileSync(`${home}/${path}`, 'utf8'))
  const site = read(`strings/${lang}/site.json`) as Strings
  const tell = read(`strings/${lang}/tell.json`) as Strings
  const facts = read('facts.json') as { id: string; text: string }[]
  const contacts = read('contacts.json') as { id: string; display: string; name: Strings }[]
  const countries = read('countries.json') as { country: string; page: boolean }[]
  const stories = existsSync(`${home}/stories`) ? readdirSync(`${home}/stories`) : []
  const partsOf = (parts: typeof PAGE_PARTS): ListEntry[] =>
    parts.map(({ name, sample }) => ({ label: label(`part.${name}`), value: sample }))
  const names = [...new Set<string>([...pageNames, ...(read('added-pages.json') as string[])])]
  return {
    facts: facts.map(({ id, text }) => ({
      label: `${short(site[text] ?? '')} · ${id}`,
      value: id,
    })),
    numbers: contacts.map(({ id, display, name }) => ({
      label: `${display} · ${name[lang] ?? ''} · ${id}`,
      value: id,
    })),
    pages: [
      ...names
        .filter((name) => name !== '')
        .map((name) => ({ label: site[`nav.${name}`] ?? name, value: name })),
      ...countries
        .filter(({ page }) => page)
        .map(({ country }) => ({
          label: tell[`country.${country}`] ?? country,
          value: countryPage(country),
        })),
      ...stories.map((file) => {
        const { id, title } = read(`stories/${file}`) as { id: string; title: Strings }
        return { label: title[lang] ?? id, value: storyPage(id) }
      }),
    ],
    pictures: Object.keys(pictures).map((name) => ({ label: name, value: name })),
    parts: partsOf(PAGE_PARTS),
    countryParts: partsOf(COUNTRY_PARTS),
  }
}
