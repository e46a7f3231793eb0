// Finds faults in the parts of a text: unknown parts, unclosed parts, and attributes with unknown
// values.
import { CHOICES, type AttributeKind, type TextPart } from '#content/parts.ts'
import { fault, lineAt, type ContentFault } from '#scripts/content/fault'

/** The ids and names that a text may use, by the file that contains them. */
export interface Names {
  facts: readonly string[]
  numbers: readonly string[]
  values: readonly string[]
  pictures: readonly string[]
  /** The facts that have a figure. */
  figures: readonly string[]
}

export interface Tag {
  name: string
  attributes: Readonly<Record<string, string>>
  closes: boolean
  isWhole: boolean
  /** The position of the tag in the body. */
  at: number
}

const TAG = /<(\/?)([A-Za-z]\w*)((?:\s+[A-Za-z]+(?:=(?:"[^"]*"|\{[^}]*\}))?)*)\s*(\/?)>/g
const ATTRIBUTE = /([A-Za-z]+)(?:=(?:"([^"]*)"|\{([^}]*)\}))?/g

export const tagsIn = (body: string): Tag[] =>
  [...body.matchAll(TAG)].map(({ 1: slash, 2: name = '', 3: inside = '', 4: end, index }) => ({
    name,
    attributes: Object.fromEntries(
      [...inside.matchAll(ATTRIBUTE)].map(([, key = '', text, list]) => [key, text ?? list ?? '']),
    ),
    closes: slash === '/',
    isWhole: end === '/',
    at: index,
  }))

/** Returns the ids in `['a', 'b']`, or the single id. */
export const idsIn = (value: string): string[] =>
  value.startsWith('[') ? [...value.matchAll(/'([^']*)'/g)].map(([, id = '']) => id) : [value]

const LISTS: Partial<Record<AttributeKind, (names: Names) => readonly string[]>> = {
  fact: ({ facts }) => facts,
  facts: ({ facts }) => facts,
  numbers: ({ numbers }) => numbers,
  value: ({ values }) => values,
  values: ({ values }) => values,
  picture: ({ pictures }) => pictures,
  figure: ({ figures }) => figures,
  figures: ({ figures }) => figures,
  passage: () => CHOICES.passage,
  readers: () => CHOICES.readers,
}
const KINDS: Partial<Record<AttributeKind, string>> = {
  fact: 'fact-unknown',
  facts: 'fact-unknown',
  numbers: 'number-unknown',
  picture: 'picture-unknown',
  figure: 'figure-unknown',
  figures: 'figure-unknown',
}

/** A place in a text: the file, the body, and the line on which the body begins. */
export interface BodyPlace {
  path: string
  body: string
  bodyLine: number
}

export const faultIn = (
  { path, body, bodyLine }: BodyPlace,
  at: number,
  kind: string,
  values: ContentFault['values'] = {},
): ContentFault => fault(path, bodyLine + lineAt(body, at) - 1, kind, values)

function attributeFaults(place: BodyPlace, tag: Tag, part: TextPart, names: Names): ContentFault[] {
  const { attributes, optional = [] } = part
  const missing = Object.keys(attributes).filter(
    (name) => !(name in tag.attributes) && !optional.includes(name),
  )
  const own = { part: tag.name, sample: part.sample.split('\n')[0] ?? '' }
  return [
    ...missing.map((attribute) => faultIn(place, tag.at, 'part-needs', { ...own, attribute })),
    ...Object.entries(tag.attributes).flatMap(([attribute, value]) => {
      const kind = attributes[attribute]
      if (kind === undefined)
        return [faultIn(place, tag.at, 'part-attribute', { ...own, attribute })]
      const list = LISTS[kind]?.(names)
      if (list === undefined) return []
      return idsIn(value)
        .filter((id) => !list.includes(id))
        .map((id) =>
          faultIn(place, tag.at, KINDS[kind] ?? 'part-value', {
            ...own,
            attribute,
            id,
            list: list.slice(0, 30).join(', '),
          }),
        )
    }),
  ]
}

/** Finds tags that are not closed, and closing tags without an opening tag. */
function openFaults(
  place: BodyPlace,
  tags: readonly Tag[],
  parts: readonly TextPart[],
): ContentFault[] {
  const open: Tag[] = []
  const faults: ContentFault[] = []
  const wraps = (name: string): TextPart['wraps'] => parts.find((part) => part.name === name)?.wraps
  for (const tag of tags) {
    const values = { part: tag.name }
    if (tag.closes) {
      if (open.at(-1)?.name === tag.name) open.pop()
      else faults.push(faultIn(place, tag.at, 'part-close', values))
    } else if (!tag.isWhole && wraps(tag.name) !== undefined) open.push(tag)
    else if (!tag.isWhole) faults.push(faultIn(place, tag.at, 'part-slash', values))
    else if (wraps(tag.name) === true) faults.push(faultIn(place, tag.at, 'part-empty', values))
  }
  return [...faults, ...open.map(({ name, at }) => faultIn(place, at, 'part-open', { part: name }))]
}

/** Finds parts, such as a list, that are inside a sentence but need a separate line. */
const lineFaults = (
  place: BodyPlace,
  tags: readonly Tag[],
  parts: readonly TextPart[],
): ContentFault[] =>
  tags
    .filter(({ name, at }) => {
      const words = place.body.slice(place.body.lastIndexOf('\n', at - 1) + 1, at)
      const part = parts.find((each) => each.name === name)
      return name !== 'p' && part?.isInline !== true && words.trim() !== ''
    })
    .map(({ name, at }) => faultIn(place, at, 'part-line', { part: name }))

/** Replaces each match with spaces, so that all other positions stay the same. */
export const blanked = (body: string, pattern: RegExp): string =>
  body.replace(pattern, (found) => found.replace(/[^\n]/g, ' '))

/** Finds markup characters outside any part, which would stop the build. */
function signFaults(place: BodyPlace): ContentFault[] {
  return [...blanked(place.body, TAG).matchAll(/[<{}]/g)].map(({ 0: sign, index }) =>
    faultIn(place, index, 'part-sign', { sign }),
  )
}

export function tagFaults(
  place: BodyPlace,
  parts: readonly TextPart[],
  names: Names,
): ContentFault[] {
  const tags = tagsIn(place.body)
  const known = tags.filter(({ name }) => parts.some((part) => part.name === name))
  return [
    ...tags
      .filter((tag) => !known.includes(tag) && !tag.closes)
      .map(({ name, at }) => faultIn(place, at, 'part-unknown', { part: name })),
    ...openFaults(place, known, parts),
    ...lineFaults(place, known, parts),
    ...signFaults(place),
    ...known.flatMap((tag) => {
      const part = parts.find(({ name }) => name === tag.name)
      return part === undefined || tag.closes ? [] : attributeFaults(place, tag, part, names)
    }),
  ]
}
