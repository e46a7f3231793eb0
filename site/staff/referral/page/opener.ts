// Runs inside the page that leaves: asks for the digits, opens the letter and renders it as text.
// The page sends no requests. See make-page.ts.
import { OPENING_DIGITS } from '#protocol/limits'
import { digitsIn } from '#protocol/report/receipt'
import { elementOf, TAGS, type Letter, type LetterPiece } from '../pieces.ts'
import { openUnderDigits, type SealedLetter } from './sealed-letter.ts'

/** The sentences of the page, by name. */
type Sentences = Readonly<Record<'count' | 'wait' | 'wrong' | 'cannot' | 'opened', string>>

interface Carried {
  /** the language of the letter */
  lang: string
  say: readonly (Sentences & { lang: string })[]
  sealed: SealedLetter
}

const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (!found) throw new Error(id)
  return found
}
const each = (selector: string): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>(selector),
]

// Guarantee: make-page.ts wrote this JSON into the page.
const carried = JSON.parse(byId('carried').textContent) as Carried
let lang = carried.lang

const field = byId('digits') as HTMLInputElement
const status = byId('status')

function say(sentence: keyof Sentences | null, n = 0): void {
  const said = sentence && carried.say.find((each) => each.lang === lang)
  status.textContent = said ? said[sentence].replace('{n}', String(n)) : ''
}

/** Shows the sentences of one language. Without scripts the page shows all languages. */
function chooseLanguage(next: string): void {
  lang = next
  document.documentElement.lang = next
  for (const part of each('[data-lang]')) part.hidden = part.dataset['lang'] !== next
  for (const button of each('[data-to]'))
    button.setAttribute('aria-pressed', String(button.dataset['to'] === next))
  say(null)
}

function draw([tag, ...inside]: LetterPiece, into: Element): void {
  if (!TAGS.includes(tag)) return
  const [name, className] = elementOf(tag)
  const element = document.createElement(name)
  if (className) element.className = className
  for (const part of inside)
    if (typeof part === 'string') element.append(part)
    else draw(part, element)
  into.append(element)
}

function showLetter(text: string): void {
  // Guarantee: the app sealed a letter under these digits.
  const letter = JSON.parse(text) as Letter
  const article = byId('letter')
  article.textContent = ''
  article.lang = letter.lang
  for (const piece of letter.pieces) draw(piece, article)
  byId('closed').hidden = true
  byId('open').hidden = false
  field.value = ''
  say('opened')
  article.focus()
}

/** Removes the letter from the page, which then asks for the digits again. */
function close(): void {
  byId('letter').textContent = ''
  byId('open').hidden = true
  byId('closed').hidden = false
  field.value = ''
  say(null)
}

let isOpening = false

async function open(): Promise<void> {
  if (isOpening) return
  const digits = digitsIn(field.value)
  if (digits.length !== OPENING_DIGITS) {
    say('count', digits.length)
    field.focus()
    return
  }
  isOpening = true
  say('wait')
  try {
    const text = await openUnderDigits(carried.sealed, digits)
    if (text === null) {
      say('wrong')
      field.focus()
    } else showLetter(text)
  } catch {
    say('cannot')
  }
  isOpening = false
}

for (const button of each('[data-to]'))
  button.addEventListener('click', () => chooseLanguage(button.dataset['to'] ?? lang))
for (const button of each('.print')) button.addEventListener('click', () => print())
for (const button of each('.close')) button.addEventListener('click', close)
byId('form').addEventListener('submit', (event) => {
  event.preventDefault()
  void open()
})
// A browser may keep a page that the person has left, and show it again.
addEventListener('pagehide', close)

byId('languages').hidden = false
chooseLanguage(lang)
// An old browser lacks WebCrypto, and some browsers do not offer it to a local file.
const canOpen = typeof crypto === 'object' && Boolean(Reflect.get(crypto, 'subtle'))
if (canOpen) byId('form').hidden = false
else say('cannot')
