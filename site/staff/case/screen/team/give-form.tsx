// Asks who gets a case. First shows the leading wish, and the content that the new holder will be
// able to read. When a case is taken back, the form shows which content the colleague may still
// have.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMessages } from '../../../i18n/messages.tsx'
import { useSeenLedger, useWholeLedger } from '../../../ledger/ledger-context.ts'
import { useNames } from '../../../ledger/use-names.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { Form } from '../../../ui/form.tsx'
import { type LoadedReport } from '../../read/load-report.ts'
import { reasonsToAsk, standingsOf } from '../../read/wish-rules.ts'
import { wishesOf } from '../../read/wishes-of.ts'
import { needsGrants } from '../../write/grants.ts'
import { assignable } from '../../write/send-assignment.ts'
import { LeadingLines } from '../wishes/leading-wish.tsx'
import { isNamedIn } from '../wishes/names-in-letters.ts'
import { useWishWords } from '../wishes/use-wish-words.ts'
import { ReasonPart } from './reason-part.tsx'
import { useAssigneeName } from './use-assignee-name.ts'

export interface TakeBackProps {
  /** id of the colleague who has the case; null when no colleague has it */
  assignee: string | null
  busy: boolean
  /** receives the id of a colleague, and a reason if one is required; null takes the case back */
  onSend: (to: string | null, reason?: string | null) => void
  onCancel: () => void
}

export interface GiveProps extends TakeBackProps {
  loaded: LoadedReport
  reason: string
  setReason: (reason: string) => void
  /** begins a reply in a thread */
  onAsk: (thread: string) => void
}

export function GiveForm(props: GiveProps) {
  const { assignee, busy, onSend, onCancel, loaded, reason } = props
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { names, verify } = useSeenLedger()
  const nameOf = useNames()
  const roster = useWholeLedger()?.roster
  const [chosen, setChosen] = useState<string | null>(null)
  const group = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    const first = group.current?.querySelector('input') ?? group.current
    first?.focus()
    // A colleague may have joined or left since the ledger was last read.
    void verify()
  }, [])
  const others = (roster ? assignable(roster) : []).filter(
    ({ id }) => id !== assignee && id !== keys.personId,
  )
  const member = others.find(({ id }) => id === chosen)
  const found = wishesOf(loaded)
  const asked =
    member === undefined
      ? []
      : reasonsToAsk(standingsOf(found), {
          readsReports: !needsGrants(member),
          isNamed: isNamedIn(loaded, names.get(member.id)?.name ?? ''),
        })
  const send = (): void => {
    if (chosen !== null) onSend(chosen, asked.length > 0 ? reason : null)
  }
  return (
    <Form busy={busy} onSubmit={send} onCancel={onCancel}>
      <LeadingLines found={found} words={useWishWords([loaded])} />
      <fieldset ref={group} tabIndex={-1}>
        <legend>{t('staff.assign.to')}</legend>
        {others.length === 0 && <p>{t('staff.assign.none')}</p>}
        {others.map((member) => (
          <label key={member.id} class="choice">
            <input
              type="radio"
              name="assign-to"
              checked={chosen === member.id}
              onChange={() => setChosen(member.id)}
            />
            <span>
              <b dir="auto">{nameOf(member.id)}</b>
              <small>
                {t(`staff.assign.reads.${needsGrants(member) ? 'caseworker' : 'intake'}`)}
              </small>
            </span>
          </label>
        ))}
      </fieldset>
      <LostBy assignee={assignee} />
      {member && asked.length > 0 && (
        <ReasonPart {...props} asked={asked} name={nameOf(member.id)} />
      )}
      <div class="verbs">
        {chosen !== null && (
          <button type="submit" class="go" aria-disabled={busy}>
            {t(asked.length > 0 ? 'staff.give.go' : 'staff.assign.go', { name: nameOf(chosen) })}
          </button>
        )}
        <button type="button" onClick={onCancel}>
          {t('staff.assign.cancel')}
        </button>
      </div>
    </Form>
  )
}

export function TakeBackForm({ assignee, busy, onSend, onCancel }: TakeBackProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const question = useRef<HTMLDivElement>(null)
  useEffect(() => question.current?.focus(), [])
  const act = assignee === keys.personId ? 'leave' : 'back'
  return (
    <div
      class="note"
      role="group"
      aria-label={t(`staff.assign.${act}`)}
      tabIndex={-1}
      ref={question}
    >
      {act === 'leave' ? <p>{t('staff.assign.leave.means')}</p> : <LostBy assignee={assignee} />}
      <div class="verbs">
        <button type="button" class="go" aria-disabled={busy} onClick={() => onSend(null)}>
          {t(`staff.assign.${act}.go`)}
        </button>
        <button type="button" onClick={onCancel}>
          {t('staff.assign.cancel')}
        </button>
      </div>
    </div>
  )
}

/** Explains what the colleague who loses the case may still have. */
function LostBy({ assignee }: Pick<GiveProps, 'assignee'>) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const nameOf = useAssigneeName()
  const member = useWholeLedger()?.roster.people.get(assignee ?? '')
  if (assignee === null || assignee === keys.personId || !member) return null
  const name = nameOf(assignee)
  const isReader = member.state === 'confirmed' && !needsGrants(member)
  return <p>{t(isReader ? 'staff.assign.lost.intake' : 'staff.assign.lost', { name })}</p>
}
