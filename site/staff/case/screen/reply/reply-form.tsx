// Writes back to the reporter in two steps: first the words, then the reply as the person will see
// it. If a colleague was faster or the person wrote, the thread is loaded again and the words are
// kept.
import { useRef, useState } from 'preact/hooks'
import { defaultLanguage, isWholeLanguage } from '#content/languages.ts'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { MAX_FILES } from '#protocol/limits'
import { hasWords } from '#protocol/report/plain-report'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { useSessionAttempt } from '../../../session/session-context.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { useAction } from '../../../session/use-action.ts'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { Field, Form, lettersIn } from '../../../ui/form.tsx'
import type { LoadedReport } from '../../read/load-report.ts'
import { entryOf } from '../../write/send-file.ts'
import { arrivedIn, replyBytesLeft, sendReply } from '../../write/send-reply.ts'
import { useReplier } from '../../write/use-case-writer.ts'
import { CASE_MOVED } from '../case-props.ts'
import { AttachFiles } from './attach-files.tsx'
import { ReplyPreview } from './reply-preview.tsx'
import { TemplateButton } from './template-button.tsx'
import { unwantedWords } from './unwanted-words.ts'
import { useAttachments } from './use-attachments.ts'
import { useReadingMark } from './use-reading-mark.ts'

/** The form shows the number of remaining letters when it is below this number. */
const SAY_BELOW = 300

interface ReplyFormProps {
  loaded: LoadedReport
  reload: () => Promise<void>
  /** receives the key of the sent reply */
  onSent: (key: string) => void
}

const TOO_LATE: readonly ErrorCode[] = [...CASE_MOVED, 'slot_taken', 'report_grew']

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
          <TemplateButton
            lang={isWholeLanguage(lang) ? lang : defaultLanguage}
            onChoose={reply.take}
          />
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

function useReply({ loaded, reload, onSent }: ReplyFormProps) {
  const replier = useReplier()
  const action = useAction(reload, TOO_LATE)
  const looking = useSessionAttempt()
  const [text, setText] = useDraft(savedDraftKey('answer', loaded.id))
  const [isLooking, setIsLooking] = useState(false)
  const area = useRef<HTMLElement>(null)
  const attached = useAttachments(loaded.id)
  const { files } = attached
  useReadingMark(loaded)
  const bytesLeft = replyBytesLeft(
    text,
    files.map((file) => entryOf(file)),
  )
  const report = loaded.first?.report
  const lang = report?.lang ?? ''
  const said = unwantedWords(text, report?.contact?.avoid)
  // The pressed button disappears with its step, so the focus moves on.
  const focusOn = (part: 'h3' | 'textarea'): void =>
    void setTimeout(() => area.current?.querySelector<HTMLElement>(part)?.focus())

  const look = (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    if (bytesLeft < 0 || files.length > MAX_FILES) throw new Refusal('text_too_long')
    setIsLooking(true)
    return Promise.resolve()
  }
  const send = async (): Promise<void> => {
    try {
      onSent(await sendReply(replier(), loaded, text, await attached.send()))
    } catch (thrown) {
      // New words in the thread take the focus themselves.
      if (!(thrown instanceof Refusal) || !TOO_LATE.includes(thrown.code)) focusOn('textarea')
      throw thrown
    } finally {
      setIsLooking(false)
    }
    attached.clear()
    setText('')
    focusOn('h3')
  }
  const take = (template: string): void => {
    setText(text.trim() === '' ? template : `${text.trimEnd()}\n\n${template}`)
    focusOn('textarea')
  }
  const change = (): void => {
    setIsLooking(false)
    focusOn('textarea')
  }
  return {
    ...{ text, setText, lang, bytesLeft, said, attached, area },
    ...{ isLooking, looking, look, change, action, send, take },
  }
}
