// Shows which wish forbids assigning the case, and asks for the reason, which is stored in the log.
// Also offers to ask the person first.
import { useMessages } from '../../../i18n/messages.tsx'
import { Field } from '../../../ui/form.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { forbidsColleagues, standingsOf, type NeedsReason } from '../../read/wish-rules.ts'
import { wishesOf } from '../../read/wishes-of.ts'
import { threadToAsk } from '../wishes/thread-to-ask.ts'
import { useWishWords } from '../wishes/use-wish-words.ts'

interface ReasonProps {
  loaded: LoadedReport
  asked: readonly NeedsReason[]
  /** the colleague who gets the case */
  name: string
  reason: string
  setReason: (reason: string) => void
  onAsk: (thread: string) => void
  onCancel: () => void
}

export function ReasonPart({
  loaded,
  asked,
  name,
  reason,
  setReason,
  onAsk,
  onCancel,
}: ReasonProps) {
  const { t } = useMessages()
  const { nameOf } = useWishWords([loaded])
  const against = standingsOf(wishesOf(loaded)).filter(({ wish }) => forbidsColleagues(wish))
  const thread = against.map((each) => threadToAsk(loaded, each)).find((each) => each !== null)
  const ask = (): void => {
    onCancel()
    if (thread) onAsk(thread)
  }
  return (
    <div class="note against">
      {asked.includes('wish') && (
        <p>
          <b>
            {t('staff.give.wish')} <bdi>{against.map(({ of }) => nameOf(of)).join(' · ')}</bdi>
          </b>
        </p>
      )}
      {asked.includes('named') && (
        <p>
          <b>{t('staff.give.named', { name })}</b>
        </p>
      )}
      <Field
        label={t('staff.give.reason', { name })}
        hint={t('staff.give.reason.hint')}
        value={reason}
        onInput={setReason}
        rows={3}
      />
      {asked.includes('wish') && thread && (
        <button type="button" onClick={ask}>
          {t('staff.give.ask')}
        </button>
      )}
    </div>
  )
}
