// Turns the printed list of the offer check into one that counts by itself. Everything it says stands in the page already;
// nothing leaves the page and nothing is kept: no storage, no address, no request.
import { hintsIn, type Hints } from './hints.ts'
import { judgeOffer, type Answer } from './judge.ts'

const all = <T extends Element>(selector: string, within: ParentNode = document): T[] =>
  Array.from(within.querySelectorAll<T>(selector))

/** The page and this script are built together: what is not there is a fault of the build. */
function the<T extends Element>(selector: string): T {
  const found = document.querySelector<T>(selector)
  if (found === null) throw new Error(selector)
  return found
}

const answerOf = (question: Element): Answer | null =>
  (question.querySelector<HTMLInputElement>(':checked')?.value ?? null) as Answer | null

/** One item a question: why it matters, or a link to the question itself. */
function list(into: Element, questions: readonly Element[], what: 'why' | 'link'): void {
  into.textContent = ''
  for (const question of questions) {
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = `#${question.id}`
    const holder = what === 'why' ? item : item.appendChild(link)
    holder.textContent =
      question.querySelector(what === 'why' ? '.why' : 'legend')?.textContent ?? ''
    into.appendChild(item)
  }
}

export function watchOfferCheck(): void {
  const form = the<HTMLFormElement>('#offer')
  const result = the<HTMLElement>('#result')
  const questions = all<HTMLElement>('.ask', form)

  const show = (): void => {
    const answered = questions.map((question) => ({
      weight: Number(question.dataset['weight']),
      answer: answerOf(question),
    }))
    const level = judgeOffer(answered)
    for (const part of all<HTMLElement>('[data-level]', result))
      part.hidden = part.dataset['level'] !== level
    for (const part of all<HTMLElement>('[data-answer]', result)) {
      const chosen = questions.filter((_, at) => answered[at]?.answer === part.dataset['answer'])
      part.hidden = chosen.length === 0
      for (const into of all('ul', part)) list(into, chosen, 'why')
    }
  }

  // Until here the button is disabled, so that Enter cannot send the answers anywhere.
  const button = the<HTMLButtonElement>('#show')
  button.disabled = false

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    show()
    result.hidden = false
    result.focus()
  })
  form.addEventListener('change', show)
  const hints = JSON.parse(the('#hints').textContent) as Hints
  const found = the<HTMLElement>('#found')
  form.addEventListener('reset', () => {
    result.hidden = true
    for (const part of all<HTMLElement>('[data-found]', found)) part.hidden = true
    for (const into of all('ul', found)) into.textContent = ''
  })
  the('#look').addEventListener('click', () => {
    const flags = hintsIn(the<HTMLTextAreaElement>('#text').value, hints)
    for (const part of all<HTMLElement>('[data-found]', found))
      part.hidden = (part.dataset['found'] === 'some') !== flags.length > 0
    const chosen = questions.filter(({ id }) => flags.indexOf(id) >= 0)
    for (const into of all('ul', found)) list(into, chosen, 'link')
  })
}
