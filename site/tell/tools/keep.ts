// Tool: what is written is kept on this device, under a key that only the return number gives, until it has arrived or is deleted.
// The only code of the public pages that stores anything, and it does so only after a person has read what that leaves and said yes.
import { fromB64, fromUtf8, toB64, utf8, type Bytes } from '#protocol/bytes'
import { groupReceipt, keepingKey, readReceipt } from '#protocol/receipt'
import { sealUnderKey } from '#protocol/seal-under-key'
import type { Desk, Tool } from '../tools.ts'
import { word } from './elements.ts'
import { leaveTool } from './leave.ts'
import { add, addButton, addField, openPanel } from './parts.ts'

/** Also in site/tell/tell.ts, which looks whether there is something. Says nothing to whoever looks through the storage. */
const PLACE = 'k'
const LABEL = 'oasis/v1/keep'
const PAUSE_MS = 300
/** What is kept is filled up to a multiple of this: its length tells little of how much was written. */
const STEP = 8192

const form = document.getElementById('form') as HTMLFormElement
/** Beside "Send", which is seen at every question. */
const told = document.getElementById('status') as HTMLElement
/** The receipt under which is kept now, or ''. */
let keeping = ''
let timer = 0

type Field = HTMLInputElement | HTMLTextAreaElement

const fields = (): Field[] =>
  Array.from(form.querySelectorAll<Field>('[name]')).filter(({ type }) => !/file|hidden/.test(type))

const isChoice = (field: Field): field is HTMLInputElement => /radio|checkbox/.test(field.type)

/** What is written and chosen: name and value, in the order of the page. */
const written = (): string =>
  JSON.stringify(
    fields()
      .filter((field) => (isChoice(field) ? field.checked : field.value))
      .map(({ name, value }) => [name, value]),
  )

function putBack(pairs: [string, string][]): void {
  for (const field of fields()) {
    const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value)
    if (isChoice(field)) field.checked = values.includes(field.value)
    else field.value = values[0] || ''
  }
}

/** False when there is no room for it. */
async function store(): Promise<boolean> {
  const bytes = utf8(written())
  const padded = new Uint8Array(Math.ceil((bytes.length + 1) / STEP) * STEP).fill(32)
  padded.set(bytes)
  const sealed = await sealUnderKey(await keepingKey(keeping), LABEL, padded)
  try {
    // Deleted meanwhile?
    if (keeping) localStorage.setItem(PLACE, toB64(sealed))
  } catch {
    told.textContent = word('impossible')
    return false
  }
  return true
}

/** What was kept under this number, or null when the number does not open it. */
async function open(receipt: string, sealed: Bytes): Promise<[string, string][] | null> {
  try {
    const key = await crypto.subtle.importKey('raw', await keepingKey(receipt), 'AES-GCM', false, [
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
  keeping = ''
  clearTimeout(timer)
  localStorage.removeItem(PLACE)
}

form.addEventListener('input', () => {
  clearTimeout(timer)
  if (keeping) timer = setTimeout(() => void store(), PAUSE_MS)
})
// Arrived: the form is empty and the number is shown. Nothing is left of it here.
const done = document.getElementById('done') as HTMLElement
new MutationObserver(() => {
  if (!done.hidden && keeping) forget()
}).observe(done, { attributes: true })

const offerToDelete = (panel: HTMLElement, button: HTMLElement): HTMLButtonElement =>
  addButton(panel, word('delete'), () => {
    forget()
    add(openPanel(button, word('title')), 'p', word('deleted'))
  })

function showKept(button: HTMLElement): void {
  const panel = openPanel(button, word('kept'))
  add(panel, 'p', word('kept_how'))
  add(panel, 'p', groupReceipt(keeping), 'receipt')
  offerToDelete(panel, button)
}

function askForNumber(desk: Desk, button: HTMLElement, sealed: string): void {
  const panel = openPanel(button, word('found'))
  add(panel, 'p', word('found_how'))
  const field = addField(panel, 'textarea', word('number'))
  field.inputMode = 'numeric'
  field.rows = 3
  field.autocomplete = 'off'
  const wrong = add(panel, 'p', '', 'wrong')
  wrong.setAttribute('role', 'status')
  addButton(panel, word('open'), async () => {
    const typed = readReceipt(field.value)
    const pairs = 'receipt' in typed && (await open(typed.receipt, fromB64(sealed)))
    if (!pairs) {
      wrong.textContent = word('wrong')
      return
    }
    desk.receipt = keeping = typed.receipt
    putBack(pairs)
    // The page seals while the person thinks, and asks what the door asks for.
    for (const type of ['input', 'change']) form.dispatchEvent(new Event(type, { bubbles: true }))
    showKept(button)
  })
  offerToDelete(panel, button)
}

function offer(desk: Desk, button: HTMLElement): void {
  const panel = openPanel(button, word('title'))
  for (const key of ['what', 'leaves', 'files']) add(panel, 'p', word(key))
  add(panel, 'p', word('first'))
  add(panel, 'p', groupReceipt(desk.receipt), 'receipt')
  addButton(panel, word('go'), async () => {
    keeping = desk.receipt
    if (await store()) showKept(button)
    else keeping = ''
  })
  addButton(panel, word('no'), () => {
    panel.remove()
    button.focus()
  })
}

const keep: Tool = (desk, button) => {
  let kept: string | null = null
  try {
    kept = localStorage.getItem(PLACE)
  } catch {
    add(openPanel(button, word('title')), 'p', word('impossible'))
    return
  }
  if (keeping) showKept(button)
  else if (kept) askForNumber(desk, button, kept)
  else offer(desk, button)
}

leaveTool(keep)
