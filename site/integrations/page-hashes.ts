// Parses a built page as a browser does, and returns the hashes that its policy must allow.
import { createHash } from 'node:crypto'
import { defaultTreeAdapter as tree, parse, type DefaultTreeAdapterTypes as Html } from 'parse5'

export interface PageHashes {
  /** CSP hashes of the inline scripts that run */
  scripts: string[]
  /** CSP hashes of the inline styles */
  styles: string[]
  /** true when the page loads a script from an address */
  hasExternalScript: boolean
}

/** Script types that never run in place: data, a tool in a saved page, or markup. */
const NEVER_RUNS = /^(application\/(ld\+)?json|text\/(plain|html))$/i

/**
 * Returns the hashes of a page. Throws when the page has an inline attribute that the policy would
 * block.
 */
export function pageHashes(html: string): PageHashes {
  const scripts = new Set<string>()
  const styles = new Set<string>()
  let hasExternalScript = false
  // Parses as if scripting were off, so that elements inside noscript are found too.
  for (const element of elementsIn(parse(html, { scriptingEnabled: false }))) {
    const inline = element.attrs.find(({ name }) => name === 'style' || name.startsWith('on'))
    if (inline) throw new Error(`an inline ${inline.name} attribute: the policy would drop it`)
    if (element.tagName === 'style') styles.add(hashOf(textOf(element)))
    const type = attribute(element, 'type') ?? ''
    // A script inserts this markup into the page, so the policy applies to its attributes too.
    if (element.tagName === 'script' && type === 'text/html') pageHashes(textOf(element))
    if (element.tagName !== 'script' || NEVER_RUNS.test(type)) continue
    if (attribute(element, 'src') !== undefined) hasExternalScript = true
    else scripts.add(hashOf(textOf(element)))
  }
  return { scripts: [...scripts], styles: [...styles], hasExternalScript }
}

/** Returns a CSP source expression for an inline script or style. */
export const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

function* elementsIn(node: Html.ParentNode): Generator<Html.Element> {
  for (const child of node.childNodes) {
    if (!tree.isElementNode(child)) continue
    yield child
    yield* elementsIn(child)
    if ('content' in child) yield* elementsIn(child.content)
  }
}

const attribute = ({ attrs }: Html.Element, wanted: string): string | undefined =>
  attrs.find(({ name }) => name === wanted)?.value

const textOf = ({ childNodes }: Html.Element): string =>
  childNodes.map((child) => (tree.isTextNode(child) ? child.value : '')).join('')
