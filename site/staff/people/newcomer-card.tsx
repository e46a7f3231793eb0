// Shows a newcomer with the digits of their keys in the roster. A reader compares the digits by
// voice, and then confirms the newcomer in two steps or refuses.
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { type Member, type Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { hasNewGrantKeys, hasNewKeys, newcomerDigits } from '../ledger/read-roster.ts'
import { useSessionContext } from '../session/session-context.ts'
import { runAndRefresh } from '../session/run-and-refresh.ts'
import { useProof } from '../session/use-proof.tsx'
import { Digits } from '../ui/digits.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { ConfirmNewcomer, type NewcomerStep, type Outcome } from './confirm-newcomer.tsx'
import { sendConfirmation, sendRefusal } from './send-confirmation.ts'

interface NewcomerCardProps {
  roster: Roster
  member: Member
  name: string
  /** true when the signed-in colleague is a confirmed reader */
  canConfirm: boolean
  onSettled: (outcome: Outcome) => void
}

/** A colleague acted first, so the view is refreshed. */
const TOO_LATE: readonly ErrorCode[] = ['person_unknown', 'chain_moved']

export function NewcomerCard({ roster, member, name, canConfirm, onSettled }: NewcomerCardProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const proof = useProof()
  const [digits, setDigits] = useState<string[] | null>(null)
  const [step, setStep] = useState<'compare' | NewcomerStep>('compare')
  const titleId = useId()
  const compare = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    void newcomerDigits(member, member).then(setDigits)
  }, [member.id, member.signPublic, member.hpkePublic])

  const send = (as: NewcomerStep): void =>
    proof.run(() =>
      runAndRefresh({
        action: () =>
          as === 'confirmed'
            ? sendConfirmation(keys, roster, member.id)
            : sendRefusal(keys, roster, member.id),
        tooLate: TOO_LATE,
        onDone: () => onSettled({ as, name }),
        refresh: verify,
        onStale: () => undefined,
      }),
    )
  const back = (): void => {
    setStep('compare')
    setTimeout(() => compare.current?.focus())
  }
  const roles = member.roles.map((role) => t(`staff.role.${role}`)).join(', ')
  return (
    <section class="card newcomer" aria-labelledby={titleId}>
      <header>
        <h3 id={titleId}>{t('staff.people.waits', { name })}</h3>
        <p class="hint">{t('staff.people.will_be', { roles })}</p>
      </header>
      {hasNewKeys(roster, member) && <p>{t('staff.people.new_keys', { name })}</p>}
      {hasNewGrantKeys(roster, member) && <p>{t('staff.people.new_keys.cases')}</p>}
      <p>{t(canConfirm ? 'staff.people.compare' : 'staff.people.ask_reader', { name })}</p>
      {digits && <Digits groups={digits} />}
      {canConfirm && step === 'compare' && digits && (
        <>
          <div class="verbs">
            <button type="button" class="go" ref={compare} onClick={() => setStep('confirmed')}>
              {t('staff.people.same')}
            </button>
            <button type="button" onClick={() => setStep('refused')}>
              {t('staff.people.differ')}
            </button>
          </div>
          <ul class="advice">
            <li>{t('staff.people.advice.voice')}</li>
            <li>{t('staff.people.advice.chat')}</li>
            <li>{t('staff.people.advice.all')}</li>
          </ul>
        </>
      )}
      {step !== 'compare' &&
        (proof.question ?? (
          <ConfirmNewcomer
            step={step}
            name={name}
            roles={member.roles}
            busy={proof.busy}
            onSend={() => send(step)}
            onBack={back}
          />
        ))}
      <ErrorMessage why={proof.why} />
    </section>
  )
}
