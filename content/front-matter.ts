// Reads and writes the texts in content/, each of which consists of frontmatter and a body.
// Frontmatter has only one style. Saving a file without changes therefore leaves every byte the
// same.

export type HeadValue = string | boolean | string[]
export type Head = Readonly<Record<string, HeadValue>>

export interface MdxText {
  head: Record<string, HeadValue>
  /** The line number of each field, counted from 1. */
  lines: Record<string, number>
  body: string
  /** The number of the line on which the body begins, counted from 1. */
  bodyLine: number
  /** The lines of the frontmatter that cannot be read; null for a text without frontmatter. */
  unread: number[] | null
}

/** The fields, in their order in the frontmatter. */
export const HEAD_FIELDS = [
  ...['title', 'heading', 'country', 'description', 'reviewed', 'facts', 'related'],
] as const

const FIELD = /^([a-z]+):(?: (.*))?$/
const ITEM = /^ *- (.*)$/

function scalarOf(text: string): string {
  if (text.startsWith("'") && text.endsWith("'") && text.length > 1)
    return text.slice(1, -1).replaceAll("''", "'")
  if (!text.startsWith('"')) return text
  try {
    return String(JSON.parse(text))
  } catch {
    return text
  }
}

function valueOf(text: string): HeadValue {
  if (text === 'true' || text === 'false') return text === 'true'
  const [, list] = /^\[(.*)\]$/.exec(text) ?? []
  if (list === undefined) return scalarOf(text)
  return list.split(',').flatMap((item) => (item.trim() === '' ? [] : [scalarOf(item.trim())]))
}

/** Splits a text into frontmatter and body. A list may be on one line or on several lines. */
export function readMdx(source: string): MdxText {
  const [whole = '', inner] = /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(source) ?? []
  const read: MdxText = { head: {}, lines: {}, body: '', bodyLine: 1, unread: null }
  if (inner === undefined) return { ...read, body: source.trim() }
  const unread: number[] = []
  let last = ''
  inner.split('\n').forEach((text, at) => {
    const [, name, value = ''] = FIELD.exec(text) ?? []
    const [, item] = ITEM.exec(text) ?? []
    const list = read.head[last]
    if (name !== undefined) {
      last = name
      read.head[name] = value === '' ? [] : valueOf(value.trim())
      read.lines[name] = at + 2
    } else if (item !== undefined && Array.isArray(list)) list.push(scalarOf(item.trim()))
    else if (text.trim() !== '') unread.push(at + 2)
  })
  const rest = source.slice(whole.length)
  const empty = rest.length - rest.trimStart().length
  const before = whole + rest.slice(0, empty)
  return { ...read, body: rest.trim(), bodyLine: before.split('\n').length, unread }
}

/** True when YAML reads the unquoted text unchanged. */
const isPlain = (text: string): boolean =>
  /^[^\s\-?:,[\]{}#&*!|>'"%@`]/.test(text) &&
  !/: |:$| #|\s$/.test(text) &&
  !/^(true|false|null|yes|no|on|off|~|[\d.+-]+)$/i.test(text)

const scalarText = (text: string): string =>
  isPlain(text) ? text : `'${text.replaceAll("'", "''")}'`

const valueText = (value: HeadValue): string => {
  if (typeof value === 'boolean') return String(value)
  return Array.isArray(value) ? `[${value.join(', ')}]` : scalarText(value)
}

/**
 * Joins frontmatter and body into one text. A field with an empty list or empty text is left out.
 */
export function writeMdx(head: Head, body: string): string {
  const known: readonly string[] = HEAD_FIELDS
  const others = Object.keys(head).filter((name) => !known.includes(name))
  const lines = [...known, ...others].flatMap((name) => {
    const value = head[name]
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      return []
    return [`${name}: ${valueText(value)}`]
  })
  return `---\n${lines.join('\n')}\n---\n\n${body.trim()}\n`
}
