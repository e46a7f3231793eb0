// Drops the rules of a minified sheet that a built page cannot match. A text may use every
// component in components/, so Astro gives each text the styles of all of them.

/** A rule, or an at-rule that holds rules. */
const BLOCK = /([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}/g
/** A selector of a list. Brackets with their content are a single part. */
const SELECTOR = /(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+/g
const ATTRIBUTE = /\[[^\]]*\]/g
/** A pseudo-class with selectors, such as `:has(.a, .b)`. */
const WITH_SELECTORS = /:([a-z-]+)\(((?:[^()]|\([^()]*\))*)\)/g
const CLASS_NAME = /\.([a-z][\w-]*)/gi
/** The name of an element, at the start of a compound selector. */
const ELEMENT_NAME = /(?:^|[\s>+~])([a-z][a-z\d]*)/g
const TAG = /<([a-z][a-z\d]*)/g
const CLASS_ATTRIBUTE = /\sclass=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g
/** A script that runs. Data for search engines is page text. */
const SCRIPT = /<script(?![^>]*json)[^>]*>([\s\S]*?)<\/script>/g

/**
 * Returns the classes and elements of a page, and all words of its scripts, because a script may
 * add either.
 */
export function namesIn(html: string): string[] {
  const found = [CLASS_ATTRIBUTE, TAG, SCRIPT].flatMap((each) => [...html.matchAll(each)])
  return found.flatMap(([, ...texts]) => texts.join(' ').match(/[\w-]+/g) ?? [])
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
    const names = [CLASS_NAME, ELEMENT_NAME].flatMap((each) => [...plain.matchAll(each)])
    return (
      names.every(([, name = '']) => present.has(name)) &&
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
