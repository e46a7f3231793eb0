// Counts the answers to the offer check, and shows the matching result. The page already contains
// all words of the result. The script does not send or store an answer.
import { addChild, all, answerOf, the } from './dom.ts'
import { judgeOffer } from './judge-offer.ts'
import { watchPastedAdvert } from './pasted-advert.ts'

export function watchOfferCheck(): void {
  const form = the<HTMLFormElement>('#offer')
  const result = the<HTMLElement>('#result')
  const questions = all<HTMLElement>('.ask', form)
  // The button is disabled until the first answer, so that Enter sends nothing and shows nothing.
  const button = the<HTMLButtonElement>('#show')

  const show = (): void => {
    const answered = questions.map((question) => ({
      // Without a script, a person adds up these points.
      weight: Number(the('.adding', question).textContent),
      answer: answerOf(question),
    }))
    const level = judgeOffer(answered, the('#beside').hasChildNodes())
    for (const part of all<HTMLElement>('[data-level]', result))
      part.hidden = part.dataset['level'] !== level
    const count = answered.filter(({ answer }) => answer !== null).length
    for (const place of all('[data-count]')) place.textContent = String(count)
    the('.tally').classList.toggle('begun', count > 0)
    button.disabled = count === 0
    for (const part of all<HTMLElement>('[data-answer]', result)) {
      const chosen = questions.filter((_, at) => answered[at]?.answer === part.dataset['answer'])
      part.hidden = chosen.length === 0
      const reasons = the('ul', part)
      reasons.textContent = ''
      for (const question of chosen) addChild(reasons, 'li', the('p', question).textContent)
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    show()
    result.classList.add('shown')
    result.focus()
  })
  form.addEventListener('change', show)
  // The answers are cleared after this event.
  form.addEventListener('reset', () => {
    result.classList.remove('shown')
    setTimeout(show)
  })
  watchPastedAdvert(form, questions, show)
}
