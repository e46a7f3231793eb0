// Shows the parts of the result that match the ticked signs. A tick is never stored, sent or put
// into an address.
import { outcomesOf } from './signs.ts'

const all = <T extends Element>(selector: string, within: ParentNode): T[] =>
  Array.from(within.querySelectorAll<T>(selector))

export function watchSelfCheck(): void {
  const form = document.querySelector<HTMLFormElement>('#self')
  const outcome = document.querySelector<HTMLElement>('#self-outcome')
  const button = document.querySelector<HTMLButtonElement>('#outcome')
  if (form === null || outcome === null || button === null) throw new Error('self-check')
  const boxes = all<HTMLInputElement>('input', form)

  const show = (): void => {
    const outcomes = outcomesOf(
      boxes.map((box) => ({ marked: box.checked, now: box.dataset['now'] !== undefined })),
    )
    for (const part of all<HTMLElement>('[data-outcome]', outcome))
      part.hidden = outcomes.every((each) => each !== part.dataset['outcome'])
  }

  // The button is disabled until this line runs, so that Enter cannot send the ticks anywhere.
  button.disabled = false
  document.documentElement.classList.add('counts')
  outcome.hidden = true

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    show()
    outcome.hidden = false
    outcome.focus()
  })
  form.addEventListener('change', show)
  form.addEventListener('reset', () => {
    outcome.hidden = true
  })
}
