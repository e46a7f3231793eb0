// Writes back to the reporter. When a colleague was faster, the thread is loaded again and the words stay.
import { useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { hasWords } from '#protocol/report'
import { Field } from '../parts/field.tsx'
import { Refused } from '../parts/refused.tsx'
import { answerBytesLeft, answerReport } from '../reports/answer-report.ts'
import { type LoadedReport } from '../reports/load-report.ts'
import { useWords } from '../words.tsx'
import { useDesk, useDeskAttempt } from './desk-context.ts'
import { useDraft } from './use-draft.ts'

interface AnswerFormProps {
  loaded: LoadedReport
  reload: () => Promise<void>
}

/** Fewer letters than this are worth saying. A letter is reckoned as two bytes, which is right for Cyrillic. */
const SAY_BELOW = 300

export function AnswerForm({ loaded, reload }: AnswerFormProps) {
  const { t } = useWords()
  const { keys } = useDesk()
  const attempt = useDeskAttempt()
  const [text, setText] = useDraft(`answer ${loaded.item.id}`)
  const [sent, setSent] = useState(false)
  const bytesLeft = answerBytesLeft(text)

  const send = async (): Promise<void> => {
    setSent(false)
    if (!hasWords(text)) throw new Refusal('text_empty')
    if (bytesLeft < 0) throw new Refusal('text_too_long')
    try {
      await answerReport(keys, loaded, text)
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'slot_taken') await reload()
      throw thrown
    }
    setText('')
    setSent(true)
    await reload()
  }

  if (!loaded.reply)
    return (
      <section aria-labelledby="answer-title">
        <h3 id="answer-title">{t('staff.answer.title')}</h3>
        <p>{t(loaded.full ? 'staff.answer.full' : 'staff.answer.impossible')}</p>
        {text && <Field label={t('staff.answer.unsent')} value={text} onInput={setText} rows={4} />}
      </section>
    )
  return (
    <section aria-labelledby="answer-title">
      <h3 id="answer-title">{t('staff.answer.title')}</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          attempt.run(send)
        }}
      >
        <Field
          label={t('staff.answer.text')}
          hint={t('staff.answer.hint')}
          value={text}
          onInput={setText}
          rows={5}
          mistake={bytesLeft < 0 ? t('staff.answer.too_long', { n: lettersIn(-bytesLeft) }) : null}
        />
        {bytesLeft >= 0 && lettersIn(bytesLeft) < SAY_BELOW && (
          <p class="hint">{t('staff.answer.left', { n: lettersIn(bytesLeft) })}</p>
        )}
        <Refused why={attempt.why} />
        <button type="submit" class="go" disabled={attempt.busy}>
          {attempt.busy ? t('staff.answer.sending') : t('staff.answer.send')}
        </button>
        <p role="status">{sent && t('staff.answer.sent')}</p>
      </form>
    </section>
  )
}

const lettersIn = (bytes: number): number => Math.ceil(bytes / 2)
