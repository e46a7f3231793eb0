// Asks how the Foundation can reach the person safely. The person first chooses a means of contact.
// Only then do the questions about that means appear. Hidden answers remain in their fields, but
// are omitted from the report.
import { HOURS, IF_ANOTHER_ANSWERS, REACH, REACH_ICONS, TYPED } from '../components/questions.ts'
import { word } from '../dom/elements.ts'
import { add } from '../dom/panel.ts'
import {
  addChips,
  addChoices,
  addLine,
  addTiles,
  askWhile,
  followForm,
  makeStep,
  type Choice,
} from './add-choices.ts'

/** Makes choices whose values are the words shown to the person, because staff read those words. */
const worded = (values: readonly string[]): Choice[] =>
  values.map((value) => ({ value: word('contact.' + value), words: word('contact.' + value) }))

export function makeContact(): HTMLFieldSetElement {
  const step = makeStep('contact', 'contact.hint')
  const reach = worded(REACH).map((choice, at) => ({ ...choice, icon: REACH_ICONS[REACH[at]!] }))
  addTiles(step, 'contact.how', reach)
  const [phone, messenger, here] = step.querySelectorAll('input')
  const calm = add(step, 'p', word('contact.calm'))

  const rest = add(step, 'fieldset')
  const line = addLine(rest, 'contact.how', 'contact.number')
  const label = line.previousElementSibling as HTMLElement
  add(rest, 'h2', word('contact.when')).style.margin = '.75rem 0'
  addChips(rest, word('contact.when'), 'contact.when', true, worded(HOURS))
  const answered = add(rest, 'fieldset')
  add(answered, 'h2', word('contact.avoid')).style.margin = '.75rem 0'
  addChoices(answered, 'contact.avoid', false, worded(IF_ANOTHER_ANSWERS))
  const fold = add(rest, 'details')
  add(fold, 'summary', word('contact.fold'))
  for (const [words, name] of Object.entries(TYPED))
    addLine(fold, 'contact.' + name, 'contact.' + words)

  askWhile(rest, () => phone!.checked || messenger!.checked)
  askWhile(answered, () => phone!.checked)
  followForm(() => {
    calm.hidden = !here!.checked
    label.textContent = word(phone!.checked ? 'contact.number' : 'contact.how')
    line.inputMode = phone!.checked ? 'tel' : 'text'
  })
  return step
}
