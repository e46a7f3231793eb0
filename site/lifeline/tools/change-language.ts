// Tool: shows the open page in another language without losing answers or typed words. WORDS maps
// each sentence on the page and in its tools to the translation in the other language. Replaces a
// sentence that a script writes later, before the browser paints it. So the other tools need no
// code for changing the language. A person's words are in fields, and the messages in a thread have
// a `dir` attribute. Both remain unchanged.
import { registerTool } from './register.ts'
import { SPOKEN } from './spoken.ts'
import type { Speak, Tool } from '../dom/loader.ts'

const PLACES = [...SPOKEN, 'href']
const UNSPOKEN = 'script,style,textarea,.receipt,[dir=auto]'

interface Template {
  pattern: RegExp
  /** names of the placeholders in `pattern`, in order */
  places: string[]
  text: string
}

const { body, documentElement: root } = document

let words = new Map<string, string>()
let templates: Template[] = []
let folder = ''
/** The sentence in the page's own language, and the sentence that is now shown in its place. */
const seen = new WeakMap<Node, [own: string, shown: string]>()

/** Converts a sentence with placeholders such as `{n}` to a pattern. */
const templateOf = ([own, text]: [string, string]): Template => {
  const places: string[] = []
  const pattern = own
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{(\w+)\}/g, (_, name: string) => (places.push(name), '([^]+)'))
  return { pattern: new RegExp('^' + pattern + '$'), places, text }
}

/** Returns the translation of a sentence, or null for an unknown sentence. */
function sentence(own: string): string | null {
  const whole = words.get(own)
  if (whole !== undefined) return whole
  for (const { pattern, places, text } of templates) {
    const found = pattern.exec(own)
    if (found)
      return text.replace(/\{(\w+)\}/g, (_, name: string) => found[places.indexOf(name) + 1] || '')
  }
  // A tool may join sentences with a space.
  for (let at = own.indexOf(' '); at > 0; at = own.indexOf(' ', at + 1)) {
    const head = words.get(own.slice(0, at))
    const rest = head !== undefined && sentence(own.slice(at + 1))
    if (rest) return head + ' ' + rest
  }
  return null
}

const translated = (own: string): string => {
  const [, before = '', text = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(own) || []
  const found = sentence(text)
  return found === null ? own : before + found + after
}

const OWN_FOLDER = '/' + root.lang + '/'

/**
 * Converts the address of a page in the page's own language to its address in the other language.
 * Leaves any other address unchanged.
 */
const addressOf = (own: string): string =>
  own.startsWith(OWN_FOLDER) ? folder + own.slice(OWN_FOLDER.length) : own

/** Translates a text node or an attribute. */
function show(node: Node): void {
  const now = node.nodeValue || ''
  const [own, shown] = seen.get(node) || ['', null]
  const source = now === shown ? own : now
  const wanted = node.nodeName === 'href' ? addressOf(source) : translated(source)
  seen.set(node, [source, wanted])
  if (wanted !== now) node.nodeValue = wanted
}

/** Translates an element and everything inside it. */
function showAll(element: Element): void {
  // The language links keep their own addresses.
  if (element.matches('header [lang]')) return
  for (const name of PLACES) {
    const attribute = element.getAttributeNode(name)
    if (attribute) show(attribute)
  }
  if (element.matches(UNSPOKEN)) return
  element.childNodes.forEach((child) => {
    if (child instanceof Element) showAll(child)
    else if (child instanceof Text) show(child)
  })
}

function showChange({ target, type, addedNodes }: MutationRecord): void {
  const element = target instanceof Element ? target : target.parentElement
  if (!element || element.closest(UNSPOKEN)) return
  if (type === 'childList')
    addedNodes.forEach((node) => {
      if (node instanceof Element) showAll(node)
      else if (node instanceof Text) show(node)
    })
  else if (target === element) showAll(element)
  else show(target)
}

function begin(): Speak {
  const speak: Speak = (lang, pairs) => {
    const entries = Object.keys(pairs).map((key): [string, string] => [key, pairs[key] || key])
    words = new Map(entries)
    templates = entries.filter(([key]) => /\{\w+\}/.test(key)).map(templateOf)
    folder = '/' + lang + '/'
    body.lang = lang
    showAll(root)
    document.querySelectorAll('header [lang]').forEach((link) => {
      if (link.getAttribute('lang') === lang) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
    })
  }
  new MutationObserver((changes) => {
    changes.forEach(showChange)
  }).observe(root, {
    ...{ subtree: true, childList: true, characterData: true },
    attributeFilter: PLACES,
  })
  const own = document.querySelector('header [aria-current]')
  if (own)
    own.addEventListener('click', (event) => {
      event.preventDefault()
      speak(root.lang, {})
    })
  return speak
}

const changeLanguage: Tool = (context, link) => {
  context.speak = context.speak || begin()
  if (context.wanted === link.lang) context.speak(link.lang, WORDS)
}

registerTool(changeLanguage)
