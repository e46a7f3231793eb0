// Shows the referrals of a case and of absorbed cases, and starts a new one. The code and strings
// of the form and of the rows are loaded separately.
import { useEffect, useState } from 'preact/hooks'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { useAction } from '../../../session/use-action.ts'
import { FailedLoad } from '../../../ui/errors.tsx'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { loadReferrals } from '../../read/load-referrals.ts'
import { type Referral } from '../../read/referrals-of.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { sendReferral } from '../../write/send-referral.ts'
import { type CaseProps } from '../case-props.ts'
import { LoadReferralForm, LoadReferralList } from './load-referral-form.tsx'
import { type PreparedReferral } from './prepared-referral.ts'
import { isMoved, REFERRAL_MOVED } from './row-props.ts'

export function CaseReferrals(props: CaseProps) {
  const { loaded, reload, onSaved } = props
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, REFERRAL_MOVED)
  const [draft] = useDraft(savedDraftKey('referral', loaded.item.id))
  const [isOpen, setIsOpen] = useState(draft !== '')
  const [isPressed, setIsPressed] = useState(false)
  const { referrals, why, again } = useReferrals(props)
  // The sentence about the newest referral is no longer true once its letter has left.
  const isUnsent = referrals?.at(-1)?.signed.state === 'made'
  const save = async ({ draft: made, file }: PreparedReferral): Promise<void> => {
    try {
      onSaved(await sendReferral(writer(), loaded, made, file.bytes))
    } catch (cause) {
      // The form stays open, and the reloaded case shows anything that was added in the meantime.
      if (isMoved(cause)) await reload()
      throw cause
    }
    setIsOpen(false)
    // The form does not have to be filled in again when only the refresh fails.
    action.run(() => Promise.resolve())
    focusSoon('referrals-title')
  }
  // The form's code may arrive later, so the form takes the focus itself.
  const open = (): void => {
    setIsPressed(true)
    setIsOpen(true)
  }
  const close = (): void => {
    setIsOpen(false)
    focusSoon('referrals-title')
  }
  return (
    <section class="part" aria-labelledby="referrals-title">
      <h4 id="referrals-title" tabIndex={-1}>
        {t('staff.referral.title', { n: referrals?.length ?? '…' })}
      </h4>
      {isOpen ? (
        <LoadReferralForm {...{ loaded, isPressed }} onSave={save} onCancel={close} />
      ) : (
        <OpensForm isPlus onOpen={open}>
          {t('staff.referral.add')}
        </OpensForm>
      )}
      <ActionResult action={action} done={isUnsent ? t('staff.referral.saved') : ''} />
      <FailedLoad why={why} again={again} />
      {referrals && referrals.length > 0 && <LoadReferralList {...props} referrals={referrals} />}
    </section>
  )
}

/** Reads the referrals from the replayed logs each time the case is loaded. */
function useReferrals({ loaded }: Pick<CaseProps, 'loaded'>) {
  const roster = useWholeLedger()?.roster
  const [referrals, setReferrals] = useState<readonly Referral[] | null>(null)
  const [why, setWhy] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    if (!roster) return
    let isCurrent = true
    setWhy(null)
    loadReferrals(roster, loaded, Date.now()).then(
      (found) => {
        if (isCurrent) setReferrals(found)
      },
      (cause: unknown) => {
        if (isCurrent) setWhy(cause)
      },
    )
    return () => void (isCurrent = false)
  }, [loaded, roster, tries])
  return { referrals, why, again: () => setTries(tries + 1) }
}
