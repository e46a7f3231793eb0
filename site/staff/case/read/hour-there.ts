// Computes the current time at the place that a letter mentions. The place must identify a single
// country whose time zones are close together. A call at the wrong hour can betray the person.
import countries from '#content/countries.json' with { type: 'json' }

/** If the time zones of a country differ by more than this, no time is shown. */
const MOST_APART_MS = 3 * 3_600_000

/**
 * Returns the words in lower case, without diacritics or punctuation, each surrounded by spaces.
 */
const wordsOf = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

/** Finds "Турция", "Түркияда" and "в Турции", but not "из Турции" and "посольство Турции". */
function patternOf(name: string): RegExp {
  const word = wordsOf(name).trim()
  const stem = word.replace(/(?:ия|[ая])$/, '')
  return new RegExp(` ${word}(?:[дт][аеоө](?:г[ыиуү])?)? | в ${stem}(?:ии|е) `, 'u')
}

const NAMED = countries.map(({ country, names }) => ({ country, patterns: names.map(patternOf) }))

/** Returns the country that the places mention, or null if they mention none or several. */
export function countryIn(places: readonly string[]): string | null {
  const words = places.map(wordsOf)
  const found = NAMED.filter(({ patterns }) =>
    patterns.some((pattern) => words.some((each) => pattern.test(each))),
  )
  return found.length === 1 && found[0] ? found[0].country : null
}

// Guarantee: every browser that can list the zones of a region has one of these two properties.
type KnowsZones = Intl.Locale & { getTimeZones?: () => string[]; timeZones?: string[] }

/** Lists the IANA time zones of a country. The list is empty if the browser cannot supply them. */
function zonesOf(country: string): readonly string[] {
  const locale: KnowsZones = new Intl.Locale(`und-${country}`)
  return locale.getTimeZones?.() ?? locale.timeZones ?? []
}

/** Returns a timestamp whose UTC form shows the zone's current local time, to the minute. */
const clockIn = (timeZone: string, nowMs: number): number =>
  Date.parse(
    `${new Date(nowMs).toLocaleString('sv', { timeZone }).slice(0, 16).replace(' ', 'T')}Z`,
  )

const shown = (clockMs: number): string => new Date(clockMs).toISOString().slice(11, 16)

/**
 * Returns the current time at the places of a case: `04:11`, or `04:11–05:11` for several zones.
 * Returns null when the places identify no country or several countries. Also returns null for
 * zones that are far apart, and when the reader's own clock shows the same time.
 */
export function hourThere(places: readonly string[], nowMs: number): string | null {
  const country = countryIn(places)
  if (country === null) return null
  const clocks = [...new Set(zonesOf(country).map((zone) => clockIn(zone, nowMs)))].sort(
    (a, b) => a - b,
  )
  const [first, last] = [clocks[0], clocks.at(-1)]
  if (first === undefined || last === undefined || last - first > MOST_APART_MS) return null
  if (first !== last) return `${shown(first)}–${shown(last)}`
  const readerMs = nowMs - new Date(nowMs).getTimezoneOffset() * 60_000
  return shown(first) === shown(readerMs) ? null : shown(first)
}
