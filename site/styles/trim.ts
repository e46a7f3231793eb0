// Shortens the minified style sheet of a built page. Drops rules that the page cannot match and
// custom properties that nothing uses, and shortens the names of the others. A text may use any
// component in components/, so Astro gives each text the styles of all components.

/** A rule, or an at-rule that contains rules. */
const BLOCK = /([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}/g
/** A single selector in a list. Brackets and their contents count as one part. */
const SELECTOR = /(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+/g
const ATTRIBUTE = /\[[^\]]*\]/g
/** A pseudo-class with brackets, such as `:has(.a, .b)` or `:nth-child(2)`. */
const WITH_BRACKETS = /:([a-z-]+)\(((?:[^()]|\([^()]*\))*)\)/g
const CLASS_NAME = /\.([a-z][\w-]*)/gi
/** The parts of a selector that do not refer to an element. */
const NO_ELEMENT = /::?[a-z-]+|[.#][\w-]+/gi
const ELEMENT_NAME = /[a-z][a-z\d-]*/gi
/** Elements that a page has even when its markup omits them. */
const ALWAYS = ['html', 'head', 'body', 'tbody']
const ELEMENT = /<([a-z][a-z\d]*)/g
const PROPERTY = /(?<=[{;])(--[\w-]+):[^;{}]*;?/g
const NAME = /(?<=[{;(])--[\w-]+/g
const USE = /var\((--[\w-]+)/g
const EMPTY = /[^{}]+\{\}/g
const LAST = /;(?=\})/g
const CLASS_ATTRIBUTE = /\sclass=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g
/** Matches a script that runs. A script that holds data for search engines counts as page text. */
const SCRIPT = /<script(?![^>]*json)[^>]*>([\s\S]*?)<\/script>/g

/** The names on a page that a selector can refer to. */
export interface MarkupNames {
  classes: ReadonlySet<string>
  elements: ReadonlySet<string>
}

/**
 * Returns the names that pages contain. All words in the pages' scripts count, because a script may
 * add a class or an element.
 */
export function markupNames(pages: readonly string[]): MarkupNames {
  const found = (pattern: RegExp): string[] =>
    pages.flatMap((html) => [...html.matchAll(pattern)].map(([, ...texts]) => texts.join(' ')))
  const words = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => text.match(/[\w-]+/g) ?? [])
  const scripts = words(found(SCRIPT))
  return {
    classes: new Set([...words(found(CLASS_ATTRIBUTE)), ...scripts]),
    elements: new Set([...found(ELEMENT), ...scripts, ...ALWAYS]),
  }
}

function selectorsIn(list: string): string[] {
  const found = list.match(SELECTOR) ?? []
  if (found.join(',') !== list) throw new Error(`a selector with deeper brackets: ${list}`)
  return found
}

/**
 * Returns a sheet without the selectors that need a class or an element outside these names. A name
 * in `:not()` is not needed; one selector in `:has()` or `:is()` is enough.
 * @throws when blocks are nested deeper than a rule in an at-rule, or brackets deeper than two
 *   levels
 */
export function trimmed(css: string, names: MarkupNames): string {
  if (css.replace(BLOCK, '').trim() !== '') throw new Error('a style with deeper blocks')
  const canMatch = (selector: string): boolean => {
    const bare = selector.replace(ATTRIBUTE, '')
    const lists = [...bare.matchAll(WITH_BRACKETS)]
    const outside = bare.replace(WITH_BRACKETS, '')
    const classes = [...outside.matchAll(CLASS_NAME)].map(([, name = '']) => name)
    const elements = outside.replace(NO_ELEMENT, '').match(ELEMENT_NAME) ?? []
    return (
      classes.every((name) => names.classes.has(name)) &&
      elements.every((name) => names.elements.has(name)) &&
      lists.every(
        ([, name, list = '']) => !/^(has|is)$/.test(name ?? '') || selectorsIn(list).some(canMatch),
      )
    )
  }
  return css.replace(BLOCK, (_, head: string, body: string) => {
    const isRule = !head.trim().startsWith('@')
    const name = isRule ? selectorsIn(head).filter(canMatch).join(',') : head
    const rest = isRule || !body.includes('{') ? body : trimmed(body, names)
    return name === '' || rest === '' ? '' : `${name.trim()}{${rest}}`
  })
}

/** Returns a sheet without the custom properties that neither the sheet nor the markup uses. */
export function withoutUnused(css: string, markup: string): string {
  const used = new Set([...`${css}${markup}`.matchAll(USE)].map(([, name]) => name))
  const fewer = css
    .replace(PROPERTY, (declaration, name: string) => (used.has(name) ? declaration : ''))
    .replace(LAST, '')
    .replace(EMPTY, '')
    .replace(EMPTY, '')
  return fewer === css ? css : withoutUnused(fewer, markup)
}

/** Returns a sheet whose custom properties have the shortest names that the markup does not use. */
export function withShortNames(css: string, markup: string): string {
  const names = [...new Set([...css.matchAll(NAME)].map(([name]) => name))]
  const short = new Map<string, string>()
  for (let count = 0; short.size < names.length; count += 1) {
    const name = `--${count.toString(36)}`
    if (!markup.includes(name)) short.set(names[short.size] ?? '', name)
  }
  return css.replace(NAME, (name) => (markup.includes(name) ? name : (short.get(name) ?? name)))
}
