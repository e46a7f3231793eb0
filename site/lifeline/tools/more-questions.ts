// Tool: asks the questions that follow the words. A page fetches this tool on demand, because few
// people answer these questions. Without a script, site/pages/[lang]/tell/form.astro asks the same
// questions.
import { byId } from '../dom/by-id.ts'
import {
  hasWords,
  NEEDS,
  PEOPLE,
  SIGNS,
  UNDER_18,
  type Consent,
  type Need,
  type PeopleCount,
  type PlainReport,
  type SafeContact,
  type Sign,
  type Under18,
} from '#protocol/report/plain-report'
import { CONSENT, COUNTRIES, NEED_ICONS, SIGN_ICONS } from '../components/questions.ts'
import type { IconName } from '../../components/pictures/icons.ts'
import { word } from '../dom/elements.ts'
import { addChips, addChoices, askWhile, makeStep, type Choice } from './add-choices.ts'
import { makeContact } from './ask-contact.ts'
import { registerTool } from './register.ts'
import { add, addButton } from '../dom/panel.ts'
import type { More } from '../form/steps.ts'

const coded = (
  question: string,
  values: readonly string[],
  pictures: Readonly<Record<string, IconName>> = {},
): Choice[] =>
  values.map((value) => ({
    value,
    words: word(question + '.' + value.toLowerCase()),
    icon: pictures[value],
  }))

function makeSigns(): HTMLFieldSetElement {
  const step = makeStep('signs')
  addChoices(step, 'signs', true, coded('signs', SIGNS, SIGN_ICONS))
  const needs = add(step, 'fieldset')
  add(add(needs, 'legend'), 'h2', word('needs'))
  addChoices(needs, 'needs', true, coded('needs', NEEDS, NEED_ICONS))
  // A witness is not asked about their own needs.
  askWhile(needs, () => !byId<HTMLInputElement>('see').checked)
  return step
}

/** An empty value withdraws an answer, because no browser lets a person deselect a radio button. */
function makePeople(): HTMLFieldSetElement {
  const step = makeStep('people')
  const counts = PEOPLE.map((value) => ({ value, words: value.replace('-', '–') }))
  const none = { value: '', words: word('under18.unknown') }
  addChips(step, word('people'), 'people', false, [...counts, none])
  const young = add(step, 'fieldset')
  add(add(young, 'legend'), 'h2', word('under18'))
  add(young, 'p', word('under18.hint'))
  const skip = { value: '', words: word('under18.skip') }
  addChoices(young, 'under18', false, [...coded('under18', UNDER_18), skip])
  return step
}

function makePlace(): HTMLFieldSetElement {
  const step = makeStep('place', 'place.hint')
  const line = add(step, 'input')
  line.name = line.id = 'place'
  line.maxLength = 160
  line.setAttribute('aria-label', word('place'))
  const row = add(step, 'p')
  for (const country of COUNTRIES) {
    const chip = addButton(row, word('country.' + country), () => {
      line.value = chip.textContent
    })
    chip.style.marginRight = '.5rem'
  }
  return step
}

function makeConsent(): HTMLFieldSetElement {
  const step = makeStep('consent', 'consent.hint')
  addChoices(step, 'consent', false, coded('consent', CONSENT))
  addChoices(step, 'noReceipt', true, [{ value: 'yes', words: word('numberless') }])
  add(step, 'p', word('numberless.hint'))
  const box = step.querySelector<HTMLInputElement>('[name=noReceipt]')!
  const note = document.createElement('p')
  note.textContent = word('done.numberless')
  // The page itself shows the number when the person wants a number.
  box.addEventListener('change', () => {
    const numbered = document.getElementById('numbered')!
    if (box.checked) numbered.after(note)
    else note.remove()
  })
  return step
}

/**
 * Returns all values of a field. The page offers only values of type T, and every field of this
 * form contains text.
 */
const chosen = <T extends string>(name: string): T[] =>
  new FormData(byId<HTMLFormElement>('form')).getAll(name) as T[]

/** Returns the answers. Sealing omits the empty answers. */
function answers(): Partial<PlainReport> {
  const contact: SafeContact = {}
  for (const name of ['how', 'when', 'avoid', 'name', 'word'] as const) {
    const words = chosen('contact.' + name).filter(hasWords)
    if (words[0]) contact[name] = words.join(', ')
  }
  const [consent] = chosen<Consent>('consent')
  const [people] = chosen<PeopleCount>('people')
  const [under18] = chosen<Under18>('under18')
  return {
    place: (chosen('place')[0] || '').trim(),
    ...(consent && { consent }),
    signs: chosen<Sign>('signs'),
    needs: chosen<Need>('needs'),
    ...(people && { people }),
    ...(under18 && { under18 }),
    contact,
  }
}

const more: More = (before, context) => {
  const steps = [makeSigns(), makePeople(), makePlace(), makeContact(), makeConsent()]
  for (const step of steps) before.before(step)
  context.answers = answers
  return steps
}

registerTool(more)
