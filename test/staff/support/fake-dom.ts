// Imitates the parts of a document that Preact needs to render. Each element records the attributes
// and properties set on it, so that a test can see where untrusted words went.
import { render } from 'preact'
import { onTestFinished } from 'vitest'

type Named = Record<string, unknown>
type FakeListener = (
  this: FakeNode,
  event: { type: string; currentTarget: FakeNode; preventDefault: () => void },
) => void

export class FakeNode {
  readonly nodeType: number
  readonly localName: string
  parentNode: FakeNode | null = null
  childNodes: FakeNode[] = []
  attributes = new Map<string, string>()
  listeners = new Map<string, FakeListener>()
  /** These names tell Preact that event names are in lower case. */
  readonly onclick = null
  readonly onsubmit = null
  readonly onchange = null
  readonly oninput = null
  readonly namespaceURI = 'http://www.w3.org/1999/xhtml'
  data: string

  constructor(nodeType: number, localName: string, data = '') {
    this.nodeType = nodeType
    this.localName = localName
    this.data = data
  }

  get firstChild(): FakeNode | null {
    return this.childNodes[0] ?? null
  }
  get nextSibling(): FakeNode | null {
    const siblings = this.parentNode?.childNodes ?? []
    return siblings[siblings.indexOf(this) + 1] ?? null
  }
  get ownerDocument(): unknown {
    return fakeDocument
  }
  insertBefore(node: FakeNode, before: FakeNode | null): FakeNode {
    node.remove()
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length
    this.childNodes.splice(at, 0, node)
    node.parentNode = this
    return node
  }
  appendChild(node: FakeNode): FakeNode {
    return this.insertBefore(node, null)
  }
  removeChild(node: FakeNode): FakeNode {
    this.childNodes = this.childNodes.filter((each) => each !== node)
    node.parentNode = null
    return node
  }
  remove(): void {
    this.parentNode?.removeChild(this)
  }
  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value)
  }
  removeAttribute(name: string): void {
    this.attributes.delete(name)
  }
  addEventListener(type: string, listener: FakeListener): void {
    this.listeners.set(type, listener)
  }
  removeEventListener(type: string): void {
    this.listeners.delete(type)
  }
  /** Fires an event. Other nodes do not receive the event. */
  fire(type: string): void {
    const event = { type, currentTarget: this, preventDefault: () => undefined }
    this.listeners.get(type)?.call(this, event)
  }
  /** Does nothing, because no element has the focus. */
  focus(): void {
    return
  }
  querySelector(): null {
    return null
  }
  contains(): boolean {
    return false
  }
}

export const fakeDocument = {
  createElementNS: (_namespace: string, name: string) => trapped(new FakeNode(1, name)),
  createElement: (name: string) => trapped(new FakeNode(1, name)),
  createTextNode: (data: string) => new FakeNode(3, '#text', data),
  activeElement: null,
  querySelector: (): null => null,
  getElementById: (): null => null,
  addEventListener: (): void => undefined,
  removeEventListener: (): void => undefined,
}

const OWN = new Set<PropertyKey>(['parentNode', 'childNodes', 'attributes', 'data'])

/** Makes an element record its properties, including innerHTML, as attributes. */
function trapped(node: FakeNode): FakeNode {
  return new Proxy(node, {
    set(target, name, value: unknown) {
      // Preact keeps its tree and its handlers in symbols and in properties such as __k and l.
      if (!OWN.has(name) && typeof name === 'string' && ['string', 'number'].includes(typeof value))
        target.attributes.set(`.${name}`, String(value))
      ;(target as unknown as Named)[name as string] = value
      return true
    },
  })
}

/** Makes a root for one test; late responses do not render into it after that test. */
export function makeRoot(): FakeNode {
  const root = trapped(new FakeNode(1, 'div'))
  onTestFinished(() => {
    const before = Object.getOwnPropertyDescriptor(globalThis, 'document')
    Object.defineProperty(globalThis, 'document', { value: fakeDocument, configurable: true })
    render(null, root)
    if (before) Object.defineProperty(globalThis, 'document', before)
    else Reflect.deleteProperty(globalThis, 'document')
  })
  return root
}

export function* nodesOf(node: FakeNode): Generator<FakeNode> {
  yield node
  for (const child of node.childNodes) yield* nodesOf(child)
}
