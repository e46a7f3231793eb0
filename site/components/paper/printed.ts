// Chooses the content of printed sheets: numbers to call, and the site's address as a code and as
// text. Each line of numbers states who may call, because a reader cannot ask a sheet of paper.
import { organisation } from '#content/organisation.ts'
import { consulate, contactOf, countriesOf } from '#content/published.ts'
import { type Contact } from '#content/schema.ts'
import type { Language } from '#content/languages.ts'
import { pathOf } from '../../i18n/paths.ts'
import { qrCode, type Code } from './qr.ts'

/**
 * The five questions on posters and pictures: the last parts of the keys `print.question.<end>`.
 */
export const QUESTIONS = ['contract', 'agency', 'visa', 'passport', 'family'] as const

/**
 * The leaflet's steps, first for the time before a journey and then for the time abroad. Each step
 * is the last part of a key `print.<end>`.
 */
export const BEFORE = ['contract', 'permit', 'copies', 'word', 'money'].map((n) => `before.${n}`)
export const THERE = ['passport', 'address'].map((name) => `there.${name}`)

/** The questions to send to somebody who offers work: the last parts of the keys `ask.<end>`. */
export const ASKED = ['employer', 'contract', 'agency', 'visa', 'pay', 'cost', 'passport'] as const

/** The number of the country where most people work, then the numbers at home. */
export const onPoster: readonly Contact[] = organisation.numbers.poster.map((id) => contactOf(id))

/**
 * Returns the number of a contact as it is printed on paper. The star refers to the warning
 * `print.star`: in that country, the police may hold a person without papers.
 */
export const starred = ({ country, display }: Contact): string =>
  country === organisation.place.mostGoTo ? `${display}*` : display

/**
 * The lines that explain who learns of a call, for each number on the poster whose calls are
 * recorded.
 */
export const recordedOn = (lang: Language): string[] =>
  onPoster.flatMap(({ display, logged }) => (logged === null ? [] : `${display}: ${logged[lang]}`))

/**
 * The countries abroad, each with its emergency number. The other lines are for people who were
 * harmed or are not paid, and each has its `print.for.<id>`.
 */
export const onLeaflet = countriesOf()
  .filter(({ country }) => country !== consulate.country)
  .map(({ country, danger, lines }) => ({
    country,
    danger,
    lines: lines.filter(({ id }) => organisation.numbers.leaflet.includes(id)),
  }))

/** Returns the address of a language's home page, as a QR code and as text to type. */
export function paperCode(origin: string, lang: Language): Code & { address: string } {
  const { href } = new URL(pathOf(lang, ''), origin)
  return { ...qrCode(href), address: href.replace(/^https?:\/\/(www\.)?|\/$/g, '') }
}
