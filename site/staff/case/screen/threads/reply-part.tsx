// Writes back to the person. In a case with several threads, a colleague first chooses a thread, so
// that no reply reaches the wrong person. Until then, the advice on replying safely covers all
// writers.
import { useState } from 'preact/hooks'
import { dayInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { beginOf } from '../../../ui/begin-of.ts'
import { isWide } from '../../../ui/is-wide.ts'
import { inThread, threadsInOrder } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { ContactLine } from '../reply/contact-line.tsx'
import { ReplyForm } from '../reply/reply-form.tsx'
import { type WritingStep } from '../reply/use-reply.ts'

interface ReplyPartProps {
  loaded: LoadedReport
  /** the thread that the colleague chose; null until a choice is made */
  chosen: string | null
  onChoose: (thread: string) => void
  /** ids of the colleagues who are writing in the case now */
  writers: readonly string[]
  reload: () => Promise<void>
  /** receives the key of the sent reply */
  onSent: (key: string) => void
}

/** id of the legend, which receives focus when a colleague must choose before writing */
export const CHOICE_TITLE = 'choice-title'

/** Number of characters from each thread that the thread's radio button shows. */
const LETTERS = 80

export function ReplyPart({ loaded, chosen, onChoose, ...writing }: ReplyPartProps) {
  const { t } = useMessages()
  const [step, setStep] = useState<WritingStep>('folded')
  const isMerged = loaded.others.length > 0
  const shown = isMerged ? chosen && inThread(loaded, chosen) : loaded
  const threads = threadsInOrder(loaded)
  const advice = threads.map(({ id, first }, at) => ({
    id,
    contact: first?.report.contact,
    ...(isMerged && { whose: t('staff.thread.of', { n: at + 1, m: threads.length }) }),
  }))
  return (
    <div class="dock">
      {isMerged && <ThreadChoice loaded={loaded} chosen={chosen} onChoose={onChoose} />}
      <div class={`reply is-${step}`} key={shown ? shown.id : ''}>
        <ContactLine
          advice={shown ? advice.filter(({ id }) => id === shown.id) : advice}
          isUnfolded={step === 'writing' && isWide()}
        />
        {shown && <ReplyForm loaded={shown} {...writing} onStep={setStep} />}
      </div>
    </div>
  )
}

interface ThreadChoiceProps {
  loaded: LoadedReport
  chosen: string | null
  onChoose: (thread: string) => void
}

function ThreadChoice({ loaded, chosen, onChoose }: ThreadChoiceProps) {
  const { t } = useMessages()
  const threads = threadsInOrder(loaded)
  return (
    <fieldset class="thread-choice">
      <legend id={CHOICE_TITLE} tabIndex={-1} aria-keyshortcuts={chosen === null ? 'R' : undefined}>
        {t('staff.reply.whom')}
      </legend>
      <p class="hint">{t('staff.reply.whom.hint')}</p>
      {threads.map(({ id, day, first }, at) => (
        <label key={id} class="choice">
          <input
            type="radio"
            name="reply-to"
            checked={chosen === id}
            onChange={() => onChoose(id)}
          />
          <span>
            <b>{t('staff.thread.of', { n: at + 1, m: threads.length })}</b> {dayInDigits(day)}
            <small dir="auto">
              {first
                ? beginOf(first.report.text, LETTERS) || t('staff.report.no_words')
                : t('staff.thread.cannot_open')}
            </small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
