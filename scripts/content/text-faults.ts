// Finds faults in the texts in content/pages/ and content/countries/: in the frontmatter, parts,
// links and numbers.
import { HEAD_FIELDS, readMdx, type HeadValue } from '#content/front-matter.ts'
import { type Language, languages } from '#content/languages.ts'
import { COUNTRY_PARTS, PAGE_PARTS } from '#content/parts.ts'
import { fault, type ContentFault } from '#scripts/content/fault'
import {
  blanked,
  faultIn,
  idsIn,
  tagFaults,
  tagsIn,
  type Names,
  type BodyPlace,
} from '#scripts/content/tag-faults'
import { NOTICES_FILE } from '#site/integrations/notices.ts'

export interface Known extends Names {
  /** The pages that a text can link to, without the language code. */
  pages: readonly string[]
  /** The pages that have a drawing. */
  drawings: readonly string[]
}

const FIELDS: Readonly<Record<'pages' | 'countries', readonly string[]>> = {
  pages: HEAD_FIELDS.filter((name) => name !== 'country'),
  countries: ['country', 'description', 'reviewed', 'facts'],
}
const NEEDED = { pages: ['title', 'description'], countries: ['country', 'description'] } as const
const LISTS = ['facts', 'related']
const SHOWING_FACTS = ['Facts', 'FactText', 'Figure', 'Figures']
const MOST_RELATED = 3

export interface Text {
  folder: 'pages' | 'countries'
  lang: Language
  /** The file name without its extension. */
  name: string
  source: string
}

export const pathOfText = ({ folder, lang, name }: Text): string => `${folder}/${lang}/${name}.mdx`
const listOf = (value: HeadValue | undefined): string[] => (Array.isArray(value) ? value : [])

function headFaults(text: Text, { facts, pages }: Known): ContentFault[] {
  const { folder, name: file, source } = text
  const path = pathOfText(text)
  const { head, lines, unread } = readMdx(source)
  if (unread === null) return [fault(path, 1, 'head-none')]
  const at = (name: string, kind: string, values: ContentFault['values'] = {}): ContentFault =>
    fault(path, lines[name] ?? 1, kind, { field: name, ...values })
  const words = (name: string): boolean => typeof head[name] === 'string' && head[name] !== ''
  const related = listOf(head['related'])
  return [
    ...unread.map((line) => fault(path, line, 'head-line')),
    ...Object.keys(head)
      .filter((name) => !FIELDS[folder].includes(name))
      .map((name) => at(name, 'head-unknown', { list: FIELDS[folder].join(', ') })),
    ...NEEDED[folder].filter((name) => !words(name)).map((name) => at(name, 'head-needs')),
    ...(typeof head['reviewed'] === 'boolean' ? [] : [at('reviewed', 'head-reviewed')]),
    ...LISTS.filter((name) => head[name] !== undefined && !Array.isArray(head[name])).map((name) =>
      at(name, 'head-list'),
    ),
    ...(folder === 'countries' && words('country') && head['country'] !== file.toUpperCase()
      ? [at('country', 'head-country', { file: `${file}.mdx`, code: file.toUpperCase() })]
      : []),
    ...listOf(head['facts'])
      .filter((id) => !facts.includes(id))
      .map((id) => at('facts', 'fact-unknown', { id })),
    ...related
      .filter((page) => !pages.includes(page))
      .map((id) => at('related', 'related', { id })),
    ...(related.length > MOST_RELATED ? [at('related', 'related-many')] : []),
  ]
}

/**
 * Lists facts that a text shows but its frontmatter lacks, because the page would then lack their
 * source.
 */
function unlistedFaults(text: Text, place: BodyPlace, { facts }: Known): ContentFault[] {
  const listed = listOf(readMdx(text.source).head['facts'])
  return tagsIn(place.body)
    .filter(({ name, closes }) => SHOWING_FACTS.includes(name) && !closes)
    .flatMap(({ attributes, at }) =>
      idsIn(attributes['id'] ?? attributes['ids'] ?? '')
        .filter((id) => facts.includes(id) && !listed.includes(id))
        .map((id) => faultIn(place, at, 'fact-unlisted', { id })),
    )
}

/** Reports a valley on a page that has no drawing. */
const valleyFaults = (text: Text, place: BodyPlace, { drawings }: Known): ContentFault[] =>
  tagsIn(place.body)
    .filter(({ name }) => name === 'Valley' && !drawings.includes(text.name))
    .map(({ at }) => faultIn(place, at, 'valley-none'))

function linkFaults({ lang }: Text, place: BodyPlace, { pages }: Known): ContentFault[] {
  return [...place.body.matchAll(/\]\(([^)]*)\)/g)].flatMap(({ 1: to = '', index }) => {
    const wrong = (kind: string, values: ContentFault['values'] = {}): ContentFault[] => [
      faultIn(place, index, kind, { link: to, ...values }),
    ]
    if (/^(https:\/\/[^\s.]+\.\S+|#\S+)$/.test(to) || to === `/${NOTICES_FILE}`) return []
    const [, other, page] = /^\/([a-z]{2})\/(?:([^#]*?)\/)?(?:#.*)?$/.exec(to) ?? []
    if (other === undefined) {
      const [, near] = /^\/[a-z]{2}\/([^#]+)$/.exec(to) ?? []
      return near !== undefined && pages.includes(near) ? wrong('link-slash') : wrong('link')
    }
    if (!(languages as readonly string[]).includes(other) || !pages.includes(page ?? ''))
      return wrong('link')
    return other === lang ? [] : wrong('link-language', { lang })
  })
}

/**
 * The minimum number of digits of a telephone number with its area code. Years and most sums have
 * fewer.
 */
const FEWEST_DIGITS = 9
/** The address of a link, which may contain any digits. */
const ADDRESS = /\]\([^)]*\)|https:\S+/g

/** Finds telephone numbers that a person typed into a text, and exclamation marks. */
const wordFaults = (place: BodyPlace): ContentFault[] => [
  ...[...blanked(place.body, ADDRESS).matchAll(/\+?\d[\d -]{7,}\d/g)]
    .filter(({ 0: number }) => number.replace(/\D/g, '').length >= FEWEST_DIGITS)
    .map(({ 0: number, index }) => faultIn(place, index, 'number-typed', { number })),
  ...[...place.body.matchAll(/[\p{L}\d»”]!/gu)].map(({ index }) =>
    faultIn(place, index, 'exclamation'),
  ),
]

export function textFaults(text: Text, known: Known): ContentFault[] {
  const { body, bodyLine } = readMdx(text.source)
  const place = { path: pathOfText(text), body, bodyLine }
  const parts = text.folder === 'pages' ? PAGE_PARTS : COUNTRY_PARTS
  return [
    ...headFaults(text, known),
    ...(body === '' ? [fault(place.path, bodyLine, 'text-empty')] : []),
    ...tagFaults(place, parts, known),
    ...unlistedFaults(text, place, known),
    ...valleyFaults(text, place, known),
    ...linkFaults(text, place, known),
    ...wordFaults(place),
  ]
}

/** Lists the parts of a body, each with its line, and omits the words. */
const partsOf = (body: string): { part: string; line: number }[] =>
  body.split('\n').flatMap((line, at) => {
    const part = /^(?:#{2,3} |- |\d+\. |\| |<\/?[A-Z]\w+)/.exec(line)?.[0]
    return part === undefined ? [] : [{ part: part.replace(/^\d+/, '1').trim(), line: at }]
  })

/** Finds the first place where a text's parts differ from those of the first language's text. */
export function unlikeFaults(first: Text, other: Text): ContentFault[] {
  const model = partsOf(readMdx(first.source).body)
  const { body, bodyLine } = readMdx(other.source)
  const own = partsOf(body)
  const at = own.findIndex(({ part }, place) => part !== model[place]?.part)
  if (at < 0 && own.length === model.length) return []
  const here = at < 0 ? own.at(-1) : own[at]
  return [
    fault(pathOfText(other), bodyLine + (here?.line ?? 0), 'parts-unlike', {
      lang: first.lang,
      own: at < 0 ? '—' : (here?.part ?? '—'),
      other: model[at < 0 ? own.length : at]?.part ?? '—',
    }),
  ]
}
