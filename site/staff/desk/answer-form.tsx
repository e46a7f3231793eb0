// Writes back to the reporter. When a colleague was faster, the thread is loaded again and the words stay.
import { Refusal } from '#protocol/errors'
import { MAX_FILES } from '#protocol/limits'
import { hasWords } from '#protocol/report'
import { entryOf } from '../files/send-file.ts'
import { draftKey } from '../keys/drafts.ts'
import { Field } from '../parts/field.tsx'
import { Form } from '../parts/form.tsx'
import { answerBytesLeft, answerReport } from '../reports/answer-report.ts'
import { type LoadedReport } from '../reports/load-report.ts'
import { useWords } from '../words.tsx'
import { AttachFiles } from './attach-files.tsx'
import { useDesk } from './desk-context.ts'
import { Outcome } from './outcome.tsx'
import { useAttachments } from './use-attachments.ts'
import { useDeed } from './use-deed.ts'
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
  const deed = useDeed(reload, 'slot_taken')
  const [text, setText] = useDraft(draftKey('answer', loaded.item.id))
  const attached = useAttachments(loaded.item.id)
  const { files, sent, chunks, stopped } = attached
  const bytesLeft = answerBytesLeft(
    text,
    files.map((file) => entryOf(file)),
  )

  const send = async (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    if (bytesLeft < 0 || files.length > MAX_FILES) throw new Refusal('text_too_long')
    await answerReport(keys, loaded, text, await attached.send())
    attached.clear()
    setText('')
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
      <Form onSubmit={() => deed.run(send)}>
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
        <AttachFiles files={files} onChange={attached.change} disabled={deed.busy} />
        {sent !== null && (
          <div class="outcome">
            <progress max={chunks} value={sent} aria-label={t('staff.answer.sending')} />
            <p>{t('staff.answer.files.sent', { n: sent, m: chunks })}</p>
            <button type="button" onClick={attached.stop}>
              {t('staff.file.cancel')}
            </button>
          </div>
        )}
        <button type="submit" class="go" aria-disabled={deed.busy}>
          {deed.busy ? t('staff.answer.sending') : t('staff.answer.send')}
        </button>
        {stopped ? (
          <p role="status">{t('staff.answer.files.stopped')}</p>
        ) : (
          <Outcome deed={deed} done={t('staff.answer.sent')} />
        )}
      </Form>
    </section>
  )
}

const lettersIn = (bytes: number): number => Math.ceil(bytes / 2)
