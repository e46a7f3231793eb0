// Writes back to the reporter. When a colleague was faster or the person wrote meanwhile, the
// thread is loaded again and the words stay.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { MAX_FILES } from '#protocol/limits'
import { hasWords } from '#protocol/report/plain-report'
import { entryOf } from './send-file.ts'
import { savedDraftKey } from '../../crypto/drafts.ts'
import { Field, Form, lettersIn } from '../../ui/form.tsx'
import { replyBytesLeft, sendReply } from './send-reply.ts'
import { type LoadedReport } from '../load-report.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { AttachFiles } from './attach-files.tsx'
import { useSessionContext } from '../../session/session-context.ts'
import { ActionResult } from '../../session/action-result.tsx'
import { useAttachments } from './use-attachments.ts'
import { useAction } from '../../session/use-action.ts'
import { useDraft } from '../../session/unsent-drafts.tsx'

interface AnswerFormProps {
  loaded: LoadedReport
  reload: () => Promise<void>
  /** gets the key of the sent reply */
  onSent: (key: string) => void
}

const TOO_LATE: readonly ErrorCode[] = ['slot_taken', 'report_grew']

/** The form shows the number of letters left when it is below this number. */
const SAY_BELOW = 300

export function ReplyForm({ loaded, reload, onSent }: AnswerFormProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const action = useAction(reload, TOO_LATE)
  const [text, setText] = useDraft(savedDraftKey('answer', loaded.id))
  const attached = useAttachments(loaded.id)
  const { files, sent, chunks, stopped } = attached
  const bytesLeft = replyBytesLeft(
    text,
    files.map((file) => entryOf(file)),
  )

  const send = async (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    if (bytesLeft < 0 || files.length > MAX_FILES) throw new Refusal('text_too_long')
    onSent(await sendReply(keys, loaded, text, await attached.send()))
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
      <Form onSubmit={() => action.run(send)}>
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
        <AttachFiles files={files} onChange={attached.change} disabled={action.busy} />
        {sent !== null && (
          <div class="outcome">
            <progress max={chunks} value={sent} aria-label={t('staff.answer.sending')} />
            <p>{t('staff.answer.files.sent', { n: sent, m: chunks })}</p>
            <button type="button" onClick={attached.stop}>
              {t('staff.file.cancel')}
            </button>
          </div>
        )}
        <button type="submit" class="go" aria-disabled={action.busy}>
          {action.busy ? t('staff.answer.sending') : t('staff.answer.send')}
        </button>
        {stopped ? (
          <p role="status">{t('staff.answer.files.stopped')}</p>
        ) : (
          <ActionResult action={action} done={t('staff.answer.sent')} />
        )}
      </Form>
    </section>
  )
}
