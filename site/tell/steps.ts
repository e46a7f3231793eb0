// One question at a time, in one page: nothing is loaded, no address changes, and every answer stays in the form.
import { clearProblem } from './problem.ts'
import { byId, goTo, on } from './view.ts'
import { form, text } from './writing.ts'

const steps = [...document.querySelectorAll<HTMLFieldSetElement>('.step')]
const said = byId('said')
let now = steps[0] as HTMLElement

/** Somebody who saw something is not asked what they need themselves. */
const asked = (step: HTMLElement): boolean =>
  step.id !== 'needs' || !byId<HTMLInputElement>('see').checked

function paint(step = now): void {
  const open = steps.filter(asked) as HTMLElement[]
  const at = open.indexOf((now = step))
  for (const each of steps) {
    each.classList.toggle('on', each === now)
    // What is not asked any more does not go along unseen. On a step that is no fieldset it says nothing.
    each.disabled = !asked(each)
  }
  byId('back').hidden = !at
  byId('next').hidden = !open[at + 1]
  // Words are all that is needed: from there on they can be sent.
  byId('send').hidden = at < open.indexOf(said)
  byId('count').textContent = at + 1 + ' / ' + open.length
}

const go = (by: number): void => {
  const open = steps.filter(asked) as HTMLElement[]
  const step = open[open.indexOf(now) + by]
  // What is answered while the rest is on its way would stay behind.
  if (!step || text.readOnly) return
  // What went wrong was told beside the words: above another question it would hide that one.
  clearProblem()
  paint(step)
  step.tabIndex = -1
  goTo(step)
  scrollTo(0, 0)
}

/** Shows the question of the words, where a slip in them is told. */
export const showWords = (): void => {
  paint(said)
}

export function watchSteps(): void {
  on('click', byId('next'), () => {
    go(1)
  })
  on('click', byId('back'), () => {
    go(-1)
  })
  // Which questions are asked hangs on the door.
  on('change', form, paint)
  paint()
}
