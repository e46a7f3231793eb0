// Writes back to the reporter, in two steps: the words, then the reply as the person will see it.
import { isLanguage } from '#content/languages.ts'
import { defaultLanguage } from '#site/i18n/languages.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { Field, Form, lettersIn } from '../../../ui/form.tsx'
import { arrivedIn } from '../../write/send-reply.ts'
import { AttachFiles } from './attach-files.tsx'
import { ReplyPreview } from './reply-preview.tsx'
import { TemplateButton } from './template-button.tsx'
import { useReply, type ReplyFormProps } from './use-reply.ts'

/** The form shows the number of letters left when it is below this number. */
const SAY_BELOW = 300

export function ReplyForm(props: ReplyFormProps) {
  const { loaded } = props
  const { t } = useMessages()
  const reply = useReply(props)
  const { text, setText, lang, bytesLeft, said, attached, isLooking, looking, action } = reply
  const { files, sent, chunks, stopped } = attached

  if (!loaded.reply)
    return (
      <section aria-labelledby="answer-title">
        <h3 id="answer-title">{t('staff.answer.title')}</h3>
        <p>{t(loaded.full ? 'staff.answer.full' : 'staff.answer.impossible')}</p>
        {text && <Field label={t('staff.answer.unsent')} value={text} onInput={setText} rows={4} />}
      </section>
    )
  return (
    <section aria-labelledby="answer-title" ref={reply.area}>
      <h3 id="answer-title" tabIndex={-1}>
        {t('staff.answer.title')}
      </h3>
      {isLooking ? (
        <Form onSubmit={() => action.run(reply.send)}>
          <ReplyPreview text={text} files={files.length} arrived={arrivedIn(loaded)} said={said} />
          {sent !== null && (
            <div class="outcome">
              <progress max={chunks} value={sent} aria-label={t('staff.answer.sending')} />
              <p>{t('staff.answer.files.sent', { n: sent, m: chunks })}</p>
              <button type="button" onClick={attached.stop}>
                {t('staff.file.cancel')}
              </button>
            </div>
          )}
          <div class="verbs">
            <button type="submit" class="go" aria-disabled={action.busy}>
              {action.busy ? t('staff.answer.sending') : t('staff.answer.send')}
            </button>
            {!action.busy && (
              <button type="button" onClick={reply.change}>
                {t('staff.answer.change')}
              </button>
            )}
          </div>
        </Form>
      ) : (
        <Form onSubmit={() => looking.run(reply.look)}>
          <TemplateButton lang={isLanguage(lang) ? lang : defaultLanguage} onChoose={reply.take} />
          <Field
            label={t('staff.answer.text')}
            hint={t('staff.answer.hint')}
            value={text}
            onInput={setText}
            rows={5}
            mistake={
              bytesLeft < 0 ? t('staff.answer.too_long', { n: lettersIn(-bytesLeft) }) : null
            }
          />
          {bytesLeft >= 0 && lettersIn(bytesLeft) < SAY_BELOW && (
            <p class="hint">{t('staff.answer.left', { n: lettersIn(bytesLeft) })}</p>
          )}
          <p class="said" role="status" dir="auto">
            {said.length > 0 && t('staff.answer.said', { words: said.join(', ') })}
          </p>
          <AttachFiles files={files} onChange={attached.change} disabled={false} />
          <ErrorMessage why={looking.why} />
          <button type="submit" class="go">
            {t('staff.answer.look')}
          </button>
        </Form>
      )}
      {stopped ? (
        <p role="status">{t('staff.answer.files.stopped')}</p>
      ) : (
        !isLooking && <ActionResult action={action} done={t('staff.answer.sent')} />
      )}
    </section>
  )
}
