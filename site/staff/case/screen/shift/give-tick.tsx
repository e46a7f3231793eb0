// Asks whether a handover should also assign the case, and shows who will have the case.
import { useEffect } from 'preact/hooks'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { useSessionAttempt } from '../../../session/session-context.ts'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { wishesOf } from '../../read/wishes-of.ts'
import { needsGrants } from '../../write/grants.ts'
import { ReasonPart } from '../team/reason-part.tsx'
import { LeadingLines } from '../wishes/leading-wish.tsx'
import { useWishWords } from '../wishes/use-wish-words.ts'
import { type HandingOver } from './use-handing-over.ts'

interface GiveTickProps {
  handing: HandingOver
  /** begins a reply in a thread */
  onAsk: (thread: string) => void
}

export function GiveTick({ handing, onAsk }: GiveTickProps) {
  const { t } = useMessages()
  const nameOf = useNames()
  const attempt = useSessionAttempt()
  const { member, mayGive, isGiven, setGiven, loaded, load } = handing
  // The tick can also be restored after a lock, so the case is loaded whenever the box is ticked.
  useEffect(() => {
    if (isGiven && loaded === null) attempt.run(load)
  }, [isGiven])
  if (member === null) return <p class="hint">{t('staff.shift.without')}</p>
  const name = nameOf(member.id)
  const isCaseworker = needsGrants(member)
  return (
    <>
      {mayGive && (
        <label class="choice">
          <input
            type="checkbox"
            checked={isGiven}
            onChange={({ currentTarget }) => setGiven(currentTarget.checked)}
          />
          <span>
            <b dir="auto">{t('staff.shift.with', { name })}</b>
            {isGiven && (
              <small>{t(`staff.assign.reads.${isCaseworker ? 'caseworker' : 'intake'}`)}</small>
            )}
          </span>
        </label>
      )}
      <ErrorMessage why={attempt.why} />
      {isGiven && loaded && <WishOfGiven {...{ handing, loaded, name, onAsk }} />}
      {!isGiven && (
        <p class="hint">
          {t('staff.shift.without')} {isCaseworker && t('staff.shift.unseen', { name })}
        </p>
      )}
    </>
  )
}

interface WishOfGivenProps extends GiveTickProps {
  loaded: LoadedReport
  /** the receiver */
  name: string
}

function WishOfGiven({ handing, loaded, name, onAsk }: WishOfGivenProps) {
  const words = useWishWords([loaded])
  const { asked, reason, setReason, setGiven } = handing
  return (
    <>
      <LeadingLines found={wishesOf(loaded)} words={words} />
      {asked.length > 0 && (
        <ReasonPart
          {...{ loaded, asked, name, reason, setReason, onAsk }}
          onCancel={() => setGiven(false)}
        />
      )}
    </>
  )
}
