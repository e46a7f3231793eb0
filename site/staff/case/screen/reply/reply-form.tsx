// Lets a colleague reply to the reporter in two steps. The words come first, then the reply as the
// person will see it. The form stays collapsed to one line until a colleague wants to write, and
// collapses again after sending. If a colleague acted first or the person wrote again, the thread
// is reloaded and the draft is kept.
import { useEffect, useRef } from 'preact/hooks'
import { defaultLanguage, isWholeLanguage } from '#content/languages.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { Field, Form, lettersIn } from '../../../ui/form.tsx'
import { arrivedIn } from '../../write/send-reply.ts'
import { WritingLine } from '../writing/writing-line.tsx'
import { AttachFiles } from './attach-files.tsx'
import { ReplyPreview } from './reply-preview.tsx'
import { TemplateButton } from './template-button.tsx'
import { ANSWER_TITLE, useReply, type ReplyProps, type WritingStep } from './use-reply.ts'

/** The form shows how many characters remain once fewer than this number remain. */
const SAY_BELOW = 300

interface ReplyFormProps extends ReplyProps {
  /** receives the current step of the form */
  onStep?: (step: WritingStep) => void
  /** ids of the colleagues who are writing in the case now */
  writers: readonly string[]
}

export function ReplyForm({ onStep, writers, ...props }: ReplyFormProps) {
  const { loaded } = props
  const { t } = useMessages()
  const reply = useReply(props)
  const { text, setText, attached, step, action } = reply
  useEffect(() => onStep?.(step), [step])

  if (!loaded.reply)
    return (
      <section aria-labelledby={ANSWER_TITLE}>
        <h3 id={ANSWER_TITLE} tabIndex={-1}>
          {t('staff.answer.title')}
        </h3>
        {reply.isSent && <Sent hasTaken={reply.hasTaken} rows={loaded.item.rows} />}
        <p>{t(loaded.full ? 'staff.answer.full' : 'staff.answer.impossible')}</p>
        {text && <Field label={t('staff.answer.unsent')} value={text} onInput={setText} rows={4} />}
      </section>
    )
  return (
    <section class={`composer is-${step}`} aria-labelledby={ANSWER_TITLE} ref={reply.area}>
      <h3 id={ANSWER_TITLE} tabIndex={-1} onFocus={reply.unfold}>
        {t('staff.answer.title')}
      </h3>
      <WritingLine writers={writers} isAnnounced />
      {reply.isSent && <Sent hasTaken={reply.hasTaken} rows={loaded.item.rows} />}
      {step === 'looking' ? <LookStep {...props} reply={reply} /> : <WriteStep reply={reply} />}
      {attached.stopped ? (
        <p role="status">{t('staff.answer.files.stopped')}</p>
      ) : (
        step !== 'looking' && <ActionResult action={action} done="" />
      )}
    </section>
  )
}

interface SentProps {
  hasTaken: boolean
  /** increases when the thread shows the reply */
  rows: number
}

/**
 * Confirms above the collapsed form that the reply was sent, and stays in view as the thread grows.
 */
function Sent({ hasTaken, rows }: SentProps) {
  const { t } = useMessages()
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => line.current?.focus(), [])
  useEffect(() => {
    if (line.current?.matches(':focus')) line.current.scrollIntoView({ block: 'nearest' })
  }, [rows])
  return (
    <p class="note sent" role="status" tabIndex={-1} ref={line}>
      {t('staff.answer.sent')} {hasTaken && t('staff.taken')}
    </p>
  )
}

interface StepProps {
  reply: ReturnType<typeof useReply>
}

function WriteStep({ reply }: StepProps) {
  const { t } = useMessages()
  const { text, setText, lang, bytesLeft, said, attached, looking } = reply
  const fold = (): void => {
    reply.fold()
    focusSoon('report-title')
  }
  return (
    <Form onSubmit={() => looking.run(reply.look)} onCancel={fold}>
      {/* Focusing the field calls this handler, which expands the form. */}
      <div class="answer-field" onFocusCapture={reply.unfold}>
        <Field
          label={t('staff.answer.text')}
          hint={t('staff.answer.hint')}
          value={text}
          onInput={setText}
          rows={5}
          shortcut="R"
          mistake={bytesLeft < 0 ? t('staff.answer.too_long', { n: lettersIn(-bytesLeft) }) : null}
        />
      </div>
      {bytesLeft >= 0 && lettersIn(bytesLeft) < SAY_BELOW && (
        <p class="hint">{t('staff.answer.left', { n: lettersIn(bytesLeft) })}</p>
      )}
      <p class="said" role="status" dir="auto">
        {said.length > 0 && t('staff.answer.said', { words: said.join(', ') })}
      </p>
      <TemplateButton
        lang={isWholeLanguage(lang) ? lang : defaultLanguage}
        onOpen={reply.unfold}
        onChoose={reply.insertTemplate}
      />
      <AttachFiles
        files={attached.files}
        missing={attached.missing}
        onChange={attached.change}
        disabled={false}
      />
      <ErrorMessage why={looking.why} />
      <div class="verbs">
        <AlsoTake reply={reply} />
        <button type="submit" class="go">
          {t('staff.answer.look')}
        </button>
      </div>
    </Form>
  )
}

function LookStep({ loaded, reply }: StepProps & Pick<ReplyProps, 'loaded'>) {
  const { t } = useMessages()
  const { text, said, attached, action } = reply
  const { files, sent, chunks } = attached
  return (
    <Form onSubmit={() => action.run(reply.send)} onCancel={reply.change}>
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
        <AlsoTake reply={reply} />
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
  )
}

/**
 * Asks a colleague who does not have the case whether sending the reply should also take the case.
 */
function AlsoTake({ reply: { taking, alsoTakes, setAlsoTakes } }: StepProps) {
  const { t } = useMessages()
  if (!taking.canTake) return null
  return (
    <label class="choice also-take">
      <input
        type="checkbox"
        checked={alsoTakes}
        onChange={({ currentTarget }) => setAlsoTakes(currentTarget.checked)}
      />
      <span>{t('staff.take.also')}</span>
    </label>
  )
}
