// Shows one question at a time. The address does not change, and every answer remains in the form.
// A tool adds the questions to the history, so that the back key shows the previous question.
import { STEPS } from '../components/questions.ts'
import { clearProblem, showProblem } from '../dom/errors.ts'
import { useTool, type ToolContext } from '../dom/loader.ts'
import { byId } from '../dom/by-id.ts'
import { goTo, on, page, say, type Page } from '../dom/page.ts'
import { isSending } from '../dom/page-state.ts'

/**
 * Receives the current question, the function that shows a question, and the page, which the tool
 * gives one more sentence.
 */
export type KeepStep = (
  at: number,
  go: (to: number) => Promise<void>,
  context: ToolContext,
  own: Page,
) => void

/**
 * Puts the questions before an element and returns them in order. The answers become part of the
 * report.
 */
export type More = (before: Element, context: ToolContext) => HTMLFieldSetElement[]

/** The build sets this value: see loader.ts. */
declare const IS_SAVED: boolean

/** The last question of the page itself. The `more` tool adds the later questions. */
const WORDS_AT = 2

const count = byId('count')
const next = byId<HTMLButtonElement>('next')
const send = byId('send')
const nextWords = next.textContent
let steps = [...document.querySelectorAll<HTMLElement>('.step')]
let at = 0
let context: ToolContext

function paint(): void {
  const isMain = at === WORDS_AT || at + 1 === STEPS
  steps.forEach((step, place) => step.classList.toggle('on', place === at))
  // Enter presses this button, because it is the form's first button. After the last question the
  // button is disabled, so that Enter sends nothing.
  next.hidden = next.disabled = at + 1 === STEPS
  // A report needs only words, so "Send" appears with the question that asks for words.
  send.hidden = at < WORDS_AT
  next.textContent = at === WORDS_AT ? say('more') : nextWords
  // Each screen has one main button.
  next.classList.toggle('go', !isMain)
  send.classList.toggle('go', isMain)
  count.textContent = at + 1 + ' / ' + STEPS
}

/** Adds the later questions once. @throws Refusal `network` */
export async function askMore(): Promise<void> {
  next.disabled = true
  try {
    const more = await useTool<More>('more')
    if (!steps[WORDS_AT + 1]) steps = steps.concat(more(byId('status'), context))
  } finally {
    next.disabled = false
  }
}

/**
 * Adds the question to the history, and keeps the answers when the language changes. Does nothing
 * on a saved page, which must not fetch anything while a person writes.
 */
const keepStep = (): void => {
  if (IS_SAVED) return
  useTool<KeepStep>('back')
    .then((keep) => {
      keep(at, go, context, page)
    })
    .catch(() => null)
}

async function go(to: number): Promise<void> {
  try {
    if (to > WORDS_AT) await askMore()
    // The report is already being sent, so a new answer would be lost.
    if (isSending() || byId('writing').hidden) return
    // An error about the words must not remain above another question.
    clearProblem()
    at = to
    keepStep()
    paint()
    const step = steps[at] as HTMLElement
    step.tabIndex = -1
    goTo(step)
    scrollTo(0, 0)
  } catch (failure) {
    showProblem(failure)
  }
}

/**
 * Shows the question that asks for the report's text, so that an error about the text appears above
 * its field.
 */
export const showWords = (): void => {
  at = WORDS_AT
  paint()
}

export function watchSteps(shared: ToolContext): void {
  context = shared
  on('click', next, () => void go(at + 1))
  byId('back').addEventListener('click', (event) => {
    // On the first question and beside the number, "Back" is a link to the home page.
    if (at && !byId('writing').hidden) {
      event.preventDefault()
      void go(at - 1)
    }
  })
  addEventListener('change', keepStep)
  paint()
}
