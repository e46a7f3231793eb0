// Tool: sends a report without words. A person in danger chooses a country and who needs help. The
// report then contains these two answers and no words. Typed words are never lost, because the page
// offers this tool only while the field is empty.
import { COUNTRIES, OWN_COUNTRY } from '../components/questions.ts'
import { byId } from '../dom/by-id.ts'
import { make, makeButton, word } from '../dom/elements.ts'
import { add, addButton } from '../dom/panel.ts'
import type { Tool, ToolContext } from '../dom/loader.ts'
import { addPressed } from './add-pressed.ts'
import { registerTool } from './register.ts'

const said = byId('said')
const calls = byId('calls')
const done = byId('done')
const ends = document.querySelector<HTMLElement>('.ends')!
/** The element that holds the emergency calls while no part of the page shows them. */
const store = byId('first')

/** The view, which is made only once, so that its answers are kept. */
let view: HTMLElement | null = null
let place = ''
let isOpen = false
/** The parts that the view replaces in the question that asks for words. */
let replaced: HTMLElement[] = []

/** Returns a country's name in the short form that fits a small button. */
const shortName = (country: string): string =>
  WORDS['calls.land.' + country] || word('country.' + country)

const door = (value: string): HTMLInputElement =>
  document.querySelector<HTMLInputElement>('[name=door][value=' + value + ']')!

/** Shows the emergency calls for the chosen country first. */
function showCalls(country: string): void {
  const [abroad, inside] = calls.querySelectorAll('button')
  const choice = country === OWN_COUNTRY ? inside : abroad
  if (choice) choice.click()
}

/**
 * Keeps the calls below the view. The page moves the calls back to their original place after each
 * failure.
 */
function holdCalls(): void {
  if (isOpen && view && calls.parentNode === store) view.append(calls)
}

function show(context: ToolContext, isShown: boolean): void {
  isOpen = context.isWordless = isShown
  for (const part of replaced) part.style.display = isShown ? 'none' : ''
  ends.style.display = isShown ? 'none' : ''
  if (view) view.hidden = !isShown
  if (isShown) holdCalls()
  else if (view && view.contains(calls)) store.append(calls)
}

function makeView(context: ToolContext): HTMLElement {
  const made = make('div')
  const heading = add(made, 'h1', word('title'))
  heading.tabIndex = -1
  const countries = COUNTRIES.map((country): [string, string] => [country, shortName(country)])
  const country = addPressed(
    made,
    word('country'),
    [...countries, ['', word('another')]],
    (code) => {
      place = code ? word('country.' + code) : word('another')
      showCalls(code)
    },
  )
  const people: [string, string][] = ['me', 'other'].map((value) => [value, word(value)])
  const who = addPressed(made, word('who'), people, (value) => {
    door(value).checked = true
    door(value).dispatchEvent(new Event('change', { bubbles: true }))
  })
  for (const [at, [value]] of people.entries()) if (door(value).checked) who[at]?.click()
  const wrong = add(made, 'p', '', 'wrong')
  wrong.setAttribute('role', 'alert')
  add(add(made, 'p'), 'b', word('calls.nobody') + ' ' + word('where'))
  const go = addButton(made, word('title'), () => {
    const missing = [country, who].filter((chips) => !chips.some(isPressed))[0]
    wrong.textContent = missing ? word('missing') : ''
    if (missing && missing[0]) missing[0].focus()
    // The page sends this report like a report with words, and shows the error when sending fails.
    else byId('send').click()
  })
  go.className = 'go'
  go.style.cssText = 'width:100%;margin:0'
  const back = makeButton(word('write'), () => {
    show(context, false)
    byId('text').focus()
  })
  back.style.cssText =
    'min-height:48px;margin-bottom:.5rem;padding:0;border:0;background:none;font-weight:400;' +
    'text-decoration:underline'
  made.append(back)
  return made
}

const isPressed = (chip: HTMLElement): boolean => chip.getAttribute('aria-pressed') === 'true'

/**
 * Shows on the receipt what the report states, and links to the page where the person can add
 * words.
 */
function tellArrived(context: ToolContext): void {
  const thanks = byId('arrived').nextSibling
  // A recording or a picture says more than the two answers.
  if (!thanks || context.files.length) return
  thanks.textContent = word('known')
  const keep = byId('receipt').nextElementSibling
  if (!keep || byId('numbered').hidden) return
  const link = add(keep, 'a', word('word'), 'go')
  link.href = '/' + document.documentElement.lang + '/answer/'
  link.target = '_blank'
  link.style.cssText =
    'display:block;margin-top:.75rem;padding:14px 1rem;border-radius:8px;font-weight:700;' +
    'text-align:center;text-decoration:none'
}

function begin(context: ToolContext, button: HTMLElement): HTMLElement {
  replaced = [...said.children].filter(
    (part): part is HTMLElement =>
      part instanceof HTMLElement && !part.querySelector('[type=file]'),
  )
  const made = makeView(context)
  button.after(made)
  const { answers } = context
  context.answers = () => {
    const given = answers()
    return { ...given, place: given.place || place }
  }
  new MutationObserver(holdCalls).observe(store, { childList: true })
  // Hides the view at all other questions, because those questions show their own buttons.
  new MutationObserver(() => {
    if (isOpen && !said.classList.contains('on')) show(context, false)
  }).observe(said, { attributeFilter: ['class'] })
  new MutationObserver(() => {
    if (isOpen && !done.hidden) tellArrived(context)
  }).observe(done, { attributeFilter: ['hidden'] })
  return made
}

const sendPlea: Tool = (context, button) => {
  view = view || begin(context, button)
  show(context, true)
  view.querySelector('h1')!.focus()
  scrollTo(0, 0)
}

registerTool(sendPlea)
