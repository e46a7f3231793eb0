// Tool: adds the questions to the browser's history, so that the back key shows the previous
// question. A history entry contains only the number of its question. The quick exit goes back
// through all entries. The tool starts at the first answer, and then also offers a report without
// words and a change of language. The page itself has no bytes left for these two features. Without
// this tool, the back key leaves the page, and the browser asks for confirmation before words are
// lost.
import { replaceSteps } from '../../enhance/replace-steps.ts'
import type { KeepStep } from '../form/steps.ts'
import { word } from '../dom/elements.ts'
import { offerLanguages } from './offer-languages.ts'
import { offerPlea } from './offer-plea.ts'
import { registerTool } from './register.ts'

const stepOf = (state: unknown): number => (typeof state === 'number' ? state : 0)

let isKeeping = false
/** The question that the history is moving to; the move finishes later. */
let place: number | null = null

const keepStep: KeepStep = (at, go, context, page) => {
  const before = place === null ? stepOf(history.state) : place
  place = at
  // A jump over several questions adds an entry for each question. So `at - before` counts the
  // entries to go back.
  for (let step = before + 1; step <= at; step++) history.pushState(step, '')
  // The page's "Back" button goes back to the history entry for the question.
  if (at < before) history.go(at - before)
  if (isKeeping) return
  isKeeping = true
  // The page has no bytes left for this sentence, which is needed only after a very long text.
  Object.assign(page.say, { text_too_long: word('say.text_too_long') })
  offerPlea(context)
  offerLanguages(context)
  context.leave = replaceSteps
  addEventListener('popstate', () => {
    place = stepOf(history.state)
    void go(place)
  })
}

registerTool(keepStep)
