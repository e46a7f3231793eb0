// Drops the rules of a minified sheet that a built page cannot match. A text may use every
// component in components/, so Astro gives each text the styles of all of them.

/** A rule, or an at-rule that holds rules. */
const BLOCK = /([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}/g
/** A selector of a list. Brackets with their content are a single part. */
const SELECTOR = /(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+/g
const ATTRIBUTE = /\[[^\]]*\]/g
/** A pseudo-class with selectors, such as `:has(.a, .b)`. */
const WITH_SELECTORS = /:([a-z-]+)\(((?:[^()]|\([^()]*\))*)\)/g
const CLASS_NAME = /\.[a-z][\w-]*/gi
/** The name of an element, at the start of a compound selector. */
const ELEMENT_NAME = /(?<=^|[\s>+~])[a-z][a-z\d]*/g
const TAG = /<([a-z][a-z\d]*)/g
const CLASS_ATTRIBUTE = /\sclass=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g
/** A script that runs. Data for search engines is page text. */
const SCRIPT = /<script(?![^>]*json)[^>]*>([\s\S]*?)<\/script>/g

/**
 * Returns the names of the elements of a page, and its classes after a dot. All words of its scripts
 * count as both, because a script may add either.
 */
export function namesIn(html: string): string[] {
  const wordsOf = (pattern: RegExp): string[] =>
    [...html.matchAll(pattern)].flatMap(([, ...texts]) => texts.join(' ').match(/[\w-]+/g) ?? [])
  const said = wordsOf(SCRIPT)
  const classes = [...wordsOf(CLASS_ATTRIBUTE), ...said]
  return [...wordsOf(TAG), ...said, ...classes.map((name) => `.${name}`)]
}

function selectorsIn(list: string): string[] {
  const found = list.match(SELECTOR) ?? []
  if (found.join(',') !== list) throw new Error(`a selector with deeper brackets: ${list}`)
  return found
}

/**
 * Returns a sheet without the selectors that need a class or an element outside these names. One in
 * `:not()` is not needed; of the selectors in any other brackets, one is.
 * @throws when blocks are nested deeper than a rule in an at-rule, or brackets deeper than two
 *   levels
 */
export function trimmed(css: string, present: ReadonlySet<string>): string {
  if (css.replace(BLOCK, '').trim() !== '') throw new Error('a style with deeper blocks')
  const canMatch = (selector: string): boolean => {
    const bare = selector.replace(ATTRIBUTE, '')
    const lists = [...bare.matchAll(WITH_SELECTORS)]
    const plain = bare.replace(WITH_SELECTORS, '')
    const names = [CLASS_NAME, ELEMENT_NAME].flatMap((each) => plain.match(each) ?? [])
    return (
      names.every((name) => present.has(name)) &&
      lists.every(([, name, list = '']) => name === 'not' || selectorsIn(list).some(canMatch))
    )
  }
  return css.replace(BLOCK, (_, head: string, body: string) => {
    const isRule = !head.trim().startsWith('@')
    const name = isRule ? selectorsIn(head).filter(canMatch).join(',') : head
    const rest = isRule || !body.includes('{') ? body : trimmed(body, present)
    return name === '' || rest === '' ? '' : `${name.trim()}{${rest}}`
  })
}
