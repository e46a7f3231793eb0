// What both forms share: a text field that is sealed and sent on "Send", and kept through every failure.
import type { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report'
import { clearProblem, showProblem, showSlip } from './problem.ts'
import type { SealedReport } from './seal.ts'
import { byId, on, say } from './view.ts'

export const text = byId<HTMLTextAreaElement>('text')
const form = byId<HTMLFormElement>('form')
const status = byId('status')

/** What was written could be lost by following a link: from the first letter on, links open beside it. */
function keepPage(): void {
  for (const link of document.links) if (!link.hasAttribute('data-exit')) link.target = '_blank'
}

/**
 * @param send     sends what is written; told what to do at each try after the first
 * @param plainly  the form may be sent as it is when nothing can be sealed here and the person says so
 */
export function watchWriting(
  send: (onRetry: (attempt: number) => void) => Promise<SealedReport>,
  onSent: (sealed: SealedReport) => void,
  plainly: boolean,
): void {
  const submit = async (): Promise<void> => {
    if (text.readOnly) return
    clearProblem()
    if (!hasWords(text.value)) return showSlip(text, 'text_empty')
    text.readOnly = true
    status.textContent = say('sending')
    try {
      const sealed = await send((attempt) => {
        status.textContent = say('retry', attempt)
      })
      text.value = ''
      onSent(sealed)
    } catch (failure) {
      if ((failure as Refusal).code === 'text_too_long') showSlip(text, 'text_too_long')
      else showProblem(failure, form, plainly)
    }
    status.textContent = ''
    text.readOnly = false
  }
  form.addEventListener('input', keepPage)
  on('submit', form, () => void submit())
}
