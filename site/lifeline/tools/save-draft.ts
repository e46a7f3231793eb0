// Tool: saves the draft on this device, sealed under a key of the receipt. The draft is kept until
// the report arrives or the person deletes the draft. No other code on the public pages stores
// anything. The tool saves only after the person has read which traces remain, and has agreed.
import { byId } from '../dom/by-id.ts'
import { fromB64, fromUtf8, toB64, utf8, type Bytes } from '#protocol/bytes'
import { groupReceipt, draftKey, readReceipt } from '#protocol/report/receipt'
import { sealUnderKey } from '#protocol/crypto/aead-seal'
import type { ToolContext, Tool } from '../dom/loader.ts'
import { word } from '../dom/elements.ts'
import { registerTool } from './register.ts'
import { add, addButton, addField, openPanel } from '../dom/panel.ts'

/**
 * The storage key. site/lifeline/pages/tell.ts looks for a draft under the same key. The name
 * reveals nothing to a person who searches the storage.
 */
const PLACE = 'k'
const LABEL = 'oasis/v1/keep'
const PAUSE_MS = 300
/** The draft is padded to a multiple of this many bytes, so that its length reveals little. */
const STEP = 8192

const form = byId<HTMLFormElement>('form')
/** The status line beside the "Send" button, visible at every question. */
const status = byId('status')
/** The receipt of the saved draft, or '' while nothing is saved. */
let savedUnder = ''
let timer = 0

type Field = HTMLInputElement | HTMLTextAreaElement

const fields = (): Field[] =>
  Array.from(form.querySelectorAll<Field>('[name]')).filter(({ type }) => !/file|hidden/.test(type))

const isChoice = (field: Field): field is HTMLInputElement => /radio|checkbox/.test(field.type)

/** Returns the names and values of all filled fields as JSON, in page order. */
const formValues = (): string =>
  JSON.stringify(
    fields()
      .filter((field) => (isChoice(field) ? field.checked : field.value))
      .map(({ name, value }) => [name, value]),
  )

function putBack(pairs: [string, string][]): void {
  const all = fields()
  for (const field of all) {
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value)
    if (isChoice(field)) field.checked = values.includes(field.value)
    else {
      // Choices may have the same name as a text field. The values of the choices do not belong in
      // that field.
      const offered = all.filter(isChoice).filter(({ name }) => name === field.name)
      const typed = values.filter((value) => !offered.some((choice) => choice.value === value))
      field.value = typed[0] || ''
    }
  }
}

/** Seals and stores the draft. @returns false when the storage is full or blocked */
async function store(): Promise<boolean> {
  const bytes = utf8(formValues())
  const padded = new Uint8Array(Math.ceil((bytes.length + 1) / STEP) * STEP).fill(32)
  padded.set(bytes)
  const sealed = await sealUnderKey(await draftKey(savedUnder), LABEL, padded)
  try {
    // The person may have deleted the draft in the meantime.
    if (savedUnder) localStorage.setItem(PLACE, toB64(sealed))
  } catch {
    status.textContent = word('impossible')
    return false
  }
  return true
}

/** Opens a saved draft. @returns the names and values, or null for a wrong receipt */
async function open(receipt: string, sealed: Bytes): Promise<[string, string][] | null> {
  try {
    const key = await crypto.subtle.importKey('raw', await draftKey(receipt), 'AES-GCM', false, [
      'decrypt',
    ])
    const iv = sealed.slice(0, 12)
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: utf8(LABEL) },
      key,
      sealed.slice(12),
    )
    return JSON.parse(fromUtf8(new Uint8Array(plain))) as [string, string][]
  } catch {
    return null
  }
}

function forget(): void {
  savedUnder = ''
  clearTimeout(timer)
  localStorage.removeItem(PLACE)
}

form.addEventListener('input', () => {
  clearTimeout(timer)
  if (savedUnder) timer = setTimeout(() => void store(), PAUSE_MS)
})
// Deletes the draft when the report has arrived and the page shows the number.
const done = byId('done')
new MutationObserver(() => {
  if (!done.hidden && savedUnder) forget()
}).observe(done, { attributes: true })

const offerToDelete = (panel: HTMLElement, button: HTMLElement): HTMLButtonElement =>
  addButton(panel, word('delete'), () => {
    forget()
    add(openPanel(button, word('title')), 'p', word('deleted'))
  })

function showKept(button: HTMLElement): void {
  const panel = openPanel(button, word('kept'))
  add(panel, 'p', word('kept_how'))
  add(panel, 'p', groupReceipt(savedUnder), 'note receipt')
  offerToDelete(panel, button)
}

function askForNumber(context: ToolContext, button: HTMLElement, sealed: string): void {
  const panel = openPanel(button, word('found'))
  add(panel, 'p', word('found_how'))
  const field = addField(panel, 'textarea', word('number'))
  field.inputMode = 'numeric'
  field.rows = 3
  const wrong = add(panel, 'p', '', 'wrong')
  wrong.setAttribute('role', 'status')
  addButton(panel, word('open'), async () => {
    const typed = readReceipt(field.value)
    const pairs = 'receipt' in typed && (await open(typed.receipt, fromB64(sealed)))
    if (!pairs) {
      wrong.textContent = word('wrong')
      return
    }
    context.receipt = savedUnder = typed.receipt
    // Fetches the later questions only when the draft contains answers to some of them. A failure
    // loses only the answers to the later questions.
    const known = fields().map(({ name }) => name)
    if (pairs.some(([name]) => !known.includes(name))) await context.more().catch(() => null)
    putBack(pairs)
    // These events make the page seal a draft and show the questions that fit the answers.
    for (const type of ['input', 'change']) form.dispatchEvent(new Event(type, { bubbles: true }))
    showKept(button)
  })
  offerToDelete(panel, button)
}

function offer(context: ToolContext, button: HTMLElement): void {
  const panel = openPanel(button, word('title'))
  for (const key of ['what', 'leaves', 'files']) add(panel, 'p', word(key))
  add(panel, 'p', word('first'))
  add(panel, 'p', groupReceipt(context.receipt), 'note receipt')
  addButton(panel, word('go'), async () => {
    savedUnder = context.receipt
    if (await store()) showKept(button)
    else savedUnder = ''
  })
  addButton(panel, word('no'), () => {
    panel.remove()
    button.focus()
  })
  offerPage(panel)
}

/**
 * Offers the saved page, which seals without a network. A page that was itself saved does not make
 * this offer.
 */
function offerPage(panel: HTMLElement): void {
  if (!/^http/.test(location.protocol)) return
  add(panel, 'p', word('page_how')).style.marginTop = '1rem'
  const link = add(panel, 'a', word('page'))
  link.href = '/' + document.documentElement.lang + '/tell/saved/'
  link.download = 'page.html'
}

const saveDraft: Tool = (context, button) => {
  let saved: string | null = null
  try {
    saved = localStorage.getItem(PLACE)
  } catch {
    add(openPanel(button, word('title')), 'p', word('impossible'))
    return
  }
  if (savedUnder) showKept(button)
  else if (saved) askForNumber(context, button, saved)
  else offer(context, button)
}

registerTool(saveDraft)
