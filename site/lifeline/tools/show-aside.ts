// Tool: shows a drawing and a sentence in the second column of `tell` and `answer`. Only a wide
// window fetches the tool. The emergency calls cover the drawing, and the form of a thread replaces
// it.
import { drawings } from '../../components/pictures/drawings.ts'
import { make, word } from '../dom/elements.ts'
import { add } from '../dom/panel.ts'
import { addDrawing } from './add-icon.ts'
import { registerTool } from './register.ts'

/** The questions on `tell`. The receipt replaces both the questions and the drawing. */
const writing = document.getElementById('writing')

const aside = make('aside', '', 'note')
aside.id = 'aside'
aside.style.cssText =
  'position:absolute;z-index:-1;top:1.5rem;right:1rem;width:23rem;padding:1.25rem 1.5rem'
;(writing || document.querySelector('main'))?.append(aside)
addDrawing(aside, writing ? drawings.table : drawings.talk)
add(aside, 'p', word(writing ? 'skip' : 'done.again')).style.margin = '1rem 0 0'
for (const rule of [
  '@media(max-width:59.99rem){#aside{display:none}}',
  '#thread:not([hidden])~#aside{display:none}',
])
  document.styleSheets[0]?.insertRule(rule, 0)

registerTool(aside)
