// Names the countries of ISO 3166-1 in a language, from the browser's own tables.
import countries from '#content/countries.json' with { type: 'json' }

/** Codes for which browsers have names, although the standard does not list them as countries. */
const NO_COUNTRIES = new Set([
  ...['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'XK', 'ZZ'],
  // Former codes.
  ...[
    'AN',
    'BU',
    'CS',
    'DD',
    'DY',
    'FX',
    'HV',
    'NH',
    'NT',
    'RH',
    'SU',
    'TP',
    'VD',
    'YD',
    'YU',
    'ZR',
  ],
  'UK',
])
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
const CODES = LETTERS.flatMap((one) => LETTERS.map((two) => one + two)).filter(
  (code) => !NO_COUNTRIES.has(code),
)

/** The languages of `names` in content/countries.json, in the same order. */
const LANGS = ['ky', 'ru', 'en'] as const

/** Supplies the names of a few countries in languages for which a browser may lack them. */
const ownName = (code: string, lang: string): string | undefined =>
  countries.find(({ country }) => country === code)?.names[LANGS.findIndex((each) => each === lang)]

/** Lists the codes with their names in the language, or otherwise in Russian or English. */
export function countryNames(lang: string): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames([lang, 'ru', 'en'], { type: 'region', fallback: 'none' })
  const found = CODES.flatMap((code): [string, string][] => {
    const name = ownName(code, lang) ?? names.of(code)
    return name === undefined || name === code ? [] : [[code, name]]
  })
  return new Map(found.sort(([, one], [, two]) => one.localeCompare(two, lang)))
}

const folded = (text: string): string => text.trim().toLowerCase().replaceAll('ё', 'е')

/** Returns the code of the country that the text names, even if the text is in another language. */
export function countryNamed(text: string, names: ReadonlyMap<string, string>): string | null {
  const word = folded(text)
  const known = countries.flatMap(({ country, names: each }) =>
    each.map((name): [string, string] => [country, name]),
  )
  const found = [...names, ...known].find(([, name]) => folded(name) === word)
  return found?.[0] ?? null
}
