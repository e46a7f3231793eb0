// Runs the page of `npm run edit`: looks for faults after each save, and inserts parts into a text.
// Also shows a preview of the page.
import { askServer } from './ask-server.ts'
import { listenToForms } from './shell-send.ts'
import { insertionOf, placed, type InsertKind } from './insertion.ts'
import type { Lists } from './lists.ts'
import { row, small } from './shell-rows.ts'
import { editorEntryOf, pageShown } from './places.ts'

interface State {
  faults: { path: string; line: number | null; sentence: string; near?: string }[]
  changes: string[]
  lists: Lists
}
interface Given {
  lang: string
  preview: string
  words: Readonly<Record<string, string>>
}

const WAIT_MS = 400

const found = <T extends Element>(id: string, kind: new () => T): T => {
  const element = document.getElementById(id)
  if (!(element instanceof kind)) throw new Error(`the page has no ${id}`)
  return element
}

const { lang, preview, words } = JSON.parse(found('words', HTMLScriptElement).textContent) as Given
const frame = found('editor', HTMLIFrameElement)
const view = found('view', HTMLIFrameElement)
const say = (key: string, n = 0): string => (words[key] ?? key).replace('{n}', String(n))

let lists: Lists | null = null
let kind: InsertKind = 'parts'
/** The text field that the person last wrote in. */
let field: HTMLTextAreaElement | null = null

const hash = (): string => frame.contentWindow?.location.hash ?? ''

let opening: ReturnType<typeof setTimeout> | undefined
/**
 * Opens an entry in the editor. A reload makes the editor reread the files. Switching directly
 * between entries of one collection would leave the form empty, so their list is opened first.
 */
function openEntry(entry: string, reload: boolean): void {
  const inside = frame.contentWindow
  if (inside === null) return
  const list = entry.replace(/\/entries\/.*$/, '')
  clearTimeout(opening)
  if (reload || !hash().startsWith(list)) inside.location.hash = entry
  else {
    inside.location.hash = list
    opening = setTimeout(() => (inside.location.hash = entry), WAIT_MS)
  }
  if (reload) inside.location.reload()
}

function showFaults(faults: State['faults']): void {
  const verdict = found('verdict', HTMLHeadingElement)
  verdict.textContent = faults.length === 0 ? say('right') : say('wrong', faults.length)
  verdict.dataset['wrong'] = faults.length === 0 ? 'no' : 'yes'
  found('faults', HTMLOListElement).replaceChildren(
    ...faults.map(({ path, line, sentence, near }) => {
      const entry = editorEntryOf(path)
      const item = row(sentence, entry === null ? null : () => openEntry(entry, false))
      item.append(small(line === null ? path : `${path}, ${say('line', line)}`))
      if (near !== undefined) item.append(small((words['near'] ?? '').replace('{near}', near)))
      return item
    }),
  )
}

function showChanges(changes: readonly string[]): void {
  found('publish', HTMLParagraphElement).textContent = say(
    changes.length === 0 ? 'no-changes' : 'publish',
  )
  found('changes', HTMLUListElement).replaceChildren(
    ...changes.map((path) => {
      const item = document.createElement('li')
      item.textContent = path
      return item
    }),
  )
}

function insert(value: string): void {
  const into = field?.isConnected === true ? field : null
  const hint = found('hint', HTMLParagraphElement)
  hint.textContent = say(into === null ? 'no-field' : 'insert-how')
  if (into === null) return
  const own = into.closest('[data-locale]')?.getAttribute('data-locale') ?? lang
  into.focus()
  const { value: words, selectionStart: start, selectionEnd: end } = into
  const text = insertionOf(kind, value, own, lists)
  into.setRangeText(placed(text, words.slice(0, start), words.slice(end)), start, end, 'end')
  into.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

function showChoices(): void {
  if (lists === null) return
  const isCountry = hash().includes('/country-texts/')
  const all = kind === 'parts' && isCountry ? lists.countryParts : lists[kind]
  const wanted = found('find', HTMLInputElement).value.toLowerCase()
  found('choices', HTMLUListElement).replaceChildren(
    ...all
      .filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(wanted))
      .map(({ label, value }) => row(label, () => insert(value))),
  )
}

function showPreview(): void {
  const address = preview + pageShown(hash(), lang)
  found('shown', HTMLAnchorElement).href = address
  if (!found('preview', HTMLElement).hidden) view.src = address
}

/** Opens our form when the editor is about to create a text without a place on the site. */
function openForm({ location }: Window): void {
  const [, collection] = /^#\/collections\/(pages|country-texts)\/new/.exec(location.hash) ?? []
  if (collection === undefined) return
  location.hash = `#/collections/${collection}`
  found(collection === 'pages' ? 'new-page' : 'new-country', HTMLDialogElement).showModal()
}

function setVerdict(key: string): void {
  found('verdict', HTMLHeadingElement).textContent = say(key)
}

let asked = 0
async function look(): Promise<void> {
  const own = ++asked
  setVerdict('looking')
  try {
    const answer = await askServer(`/${lang}/state`)
    const state = answer.ok ? ((await answer.json()) as State) : null
    if (own !== asked) return
    if (state === null) {
      setVerdict('failed')
      return
    }
    lists = state.lists
    showFaults(state.faults)
    showChanges(state.changes)
    showChoices()
    showPreview()
  } catch {
    setVerdict('ended')
  }
}

let clock: ReturnType<typeof setTimeout> | undefined
/** Checks only once, after the last of several files is stored. */
const lookSoon = (): void => {
  clearTimeout(clock)
  clock = setTimeout(() => void look(), WAIT_MS)
}

window.addEventListener('message', ({ origin, source }) => {
  if (origin === window.location.origin && source === frame.contentWindow) lookSoon()
})
frame.addEventListener('load', () => {
  const inside = frame.contentWindow
  if (inside === null) return
  inside.addEventListener('hashchange', () => {
    openForm(inside)
    showChoices()
    showPreview()
  })
  inside.document.addEventListener('focusin', ({ target }) => {
    // `instanceof` would fail, because the frame has its own classes.
    const { tagName } = target as Element
    if (tagName === 'TEXTAREA') field = target as HTMLTextAreaElement
  })
  showChoices()
  showPreview()
})
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-kind]'))
  button.addEventListener('click', () => {
    kind = button.dataset['kind'] as InsertKind
    for (const each of document.querySelectorAll('[data-kind]'))
      each.setAttribute('aria-pressed', String(each === button))
    showChoices()
  })
found('find', HTMLInputElement).addEventListener('input', showChoices)
found('look', HTMLButtonElement).addEventListener('click', ({ currentTarget }) => {
  const section = found('preview', HTMLElement)
  section.hidden = !section.hidden
  if (currentTarget instanceof Element)
    currentTarget.setAttribute('aria-pressed', String(!section.hidden))
  showPreview()
})
listenToForms(lang, say, (file) => {
  const entry = editorEntryOf(file)
  if (entry !== null) openEntry(entry, true)
  void look()
})
void look()
