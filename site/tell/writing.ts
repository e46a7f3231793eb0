// What both forms share: a text field that is sealed and sent on "Send", and kept through every failure.
import { hasWords } from '#protocol/report'
import { lettersLeft } from './measure.ts'
import { clearProblem, showProblem, showSlip } from './problem.ts'
import type { SealedReport } from './seal.ts'
import { byId, on, say } from './view.ts'

/** The count of letters is shown from here on: before, it would only be one more thing to read. */
const NEARLY_FULL = 500

export interface Writing {
  form: HTMLFormElement
  /** the form may be sent as it is when nothing can be sealed here and the person says so */
  plainly: boolean
  /** all that is written, as JSON */
  now(): string
  send(onRetry: (attempt: number) => void): Promise<SealedReport>
  onInput(): void
  onSent(sealed: SealedReport): void
}

export function watchWriting({ form, plainly, now, send, onInput, onSent }: Writing): void {
  const text = byId<HTMLTextAreaElement>('text')
  const count = byId('count')
  const status = byId('status')
  const room = (): number => lettersLeft(text.value, now())

  const submit = async (): Promise<void> => {
    if (text.readOnly) return
    if (!hasWords(text.value)) return showSlip(text, 'text_empty')
    if (room() < 0) return showSlip(text, 'text_too_long')
    clearProblem()
    text.readOnly = true
    status.textContent = say('sending')
    try {
      const sealed = await send((attempt) => {
        status.textContent = say('retry', attempt)
      })
      text.value = count.textContent = ''
      onSent(sealed)
    } catch (failure) {
      showProblem(failure, form, plainly)
    }
    status.textContent = ''
    text.readOnly = false
  }

  form.addEventListener('input', () => {
    const left = room()
    count.textContent = left > NEARLY_FULL ? '' : say(left < 0 ? 'over' : 'left', Math.abs(left))
    // From now on a link would lose the words: it opens beside them.
    for (const link of document.links) if (!link.hasAttribute('data-exit')) link.target = '_blank'
    if (left >= 0 && hasWords(text.value)) onInput()
  })
  on('submit', form, () => void submit())
}
