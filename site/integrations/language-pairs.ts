// Pairs the sentences of a page with the sentences of the same page in another language. The tool
// that changes the language of an open page contains these pairs of sentences.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defaultTreeAdapter as tree, parse, parseFragment } from 'parse5'
import type { DefaultTreeAdapterTypes as Html } from 'parse5'
import type { Language } from '#content/languages.ts'
import { SPOKEN } from '../lifeline/tools/spoken.ts'
import { isElsewhere, TOOLS, wordsOf } from './list-tools.ts'

/** The pages that keep the person's answers and text when the language changes. */
const PAGES = ['tell', 'answer']

/** The sentences of a language, keyed by the sentence in the page's language. */
export type Pairs = Readonly<Record<string, string>>

/** Pairs the sentences of the pages and their tools; `dist` is the build's folder. */
export async function pairsOfBuild(from: Language, to: Language, dist: string): Promise<Pairs> {
  const pages = PAGES.map((page) => {
    const [own = '', other = ''] = [from, to].map((lang) =>
      readFileSync(join(dist, lang, page, 'index.html'), 'utf8'),
    )
    return pairsOfPage(own, other)
  })
  const tools = TOOLS.filter((tool) => !isElsewhere(tool)).map(async (tool) => {
    const [own, other] = [await wordsOf(tool, from), await wordsOf(tool, to)]
    return Object.entries(own).map(([key, text]) => [text, other[key] ?? text] as const)
  })
  return joinPairs([...pages, ...(await Promise.all(tools))].flat())
}

/**
 * Pairs the sentences in two builds of one page, and the sentences of their scripts.
 *
 * @throws Error when the builds differ in anything other than their words
 */
export function pairsOfPage(from: string, to: string): [string, string][] {
  const [own, other] = [[...partsOf(parse(from))], [...partsOf(parse(to))]]
  const isSame = own.every(([kind], at) => other[at]?.[0] === kind)
  if (!isSame || own.length !== other.length)
    throw new Error('the languages of a page differ in more than their words')
  return own.map(([, text], at) => [text, other[at]?.[1] ?? ''])
}

/**
 * Joins pairs into one record, and omits the words that are the same in both languages.
 *
 * @throws Error when a sentence has two translations, because a tool could not choose between them
 */
export function joinPairs(pairs: readonly (readonly [string, string])[]): Pairs {
  const joined = new Map<string, string>()
  for (const [from, to] of pairs) {
    const known = joined.get(from)
    if (known !== undefined && known !== to)
      throw new Error(`“${from}” has two translations: “${known}” and “${to}”`)
    joined.set(from, to)
  }
  return Object.fromEntries([...joined].filter(([from, to]) => from !== to))
}

/** Yields the texts of a page in order, each with the kind of node in which it occurs. */
function* partsOf(node: Html.ParentNode): Generator<[kind: string, text: string]> {
  for (const child of node.childNodes) {
    if (tree.isTextNode(child) && child.value.trim()) yield ['text', child.value.trim()]
    if (!tree.isElementNode(child) || child.tagName === 'style') continue
    for (const { name, value } of child.attrs)
      if (SPOKEN.includes(name)) yield [`${child.tagName} ${name}`, value]
    if (child.tagName === 'script') yield* wordsOfScript(child)
    else yield* partsOf(child)
  }
}

/** Yields the words of markup that needs a script, and the sentences of the page's data. */
function* wordsOfScript({ attrs, childNodes }: Html.Element): Generator<[string, string]> {
  const type = attrs.find(({ name }) => name === 'type')?.value
  const text = childNodes.map((child) => (tree.isTextNode(child) ? child.value : '')).join('')
  if (type === 'text/html') yield* partsOf(parseFragment(text))
  if (type !== 'application/json') return
  const { say } = JSON.parse(text) as { say: Record<string, string> }
  for (const [key, sentence] of Object.entries(say)) yield [`say ${key}`, sentence]
}
