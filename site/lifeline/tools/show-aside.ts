// Tool: shows a drawing in the second column of `tell`, and that every question may stay open. Only
// a wide window fetches the tool. The calls for danger now cover the drawing.
import { drawings } from '../../components/pictures/drawings.ts'
import { byId } from '../dom/by-id.ts'
import { make, word } from '../dom/elements.ts'
import { add } from '../dom/panel.ts'
import { addDrawing } from './add-icon.ts'
import { registerTool } from './register.ts'

const aside = make('aside', '', 'note')
aside.id = 'aside'
aside.style.cssText =
  'position:absolute;z-index:-1;top:1.5rem;right:1rem;width:23rem;padding:1.25rem 1.5rem'
byId('writing').prepend(aside)
addDrawing(aside, drawings.table)
add(aside, 'p', word('skip')).style.margin = '1rem 0 0'
document.styleSheets[0]?.insertRule('@media(max-width:59.99rem){#aside{display:none}}', 0)

registerTool(aside)
