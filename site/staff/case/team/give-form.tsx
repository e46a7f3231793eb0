// Asks who gets a case, and says before it what that person will be able to read. Taking back says
// what stays with the person.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { useSeenLedger, useWholeLedger } from '../../ledger/ledger-context.ts'
import { useNames } from '../../log/use-names.ts'
import { useSessionContext } from '../../session/session-context.ts'
import { Form } from '../../ui/form.tsx'
import { needsGrants } from './grants.ts'
import { assignable } from './send-assignment.ts'
import { useAssigneeName } from './use-assignee-name.ts'

export interface GiveProps {
  /** id of the colleague who has the case; null for nobody */
  assignee: string | null
  busy: boolean
  /** gets the id of a colleague; null takes the case back */
  onSend: (to: string | null) => void
  onCancel: () => void
}

export function GiveForm({ assignee, busy, onSend, onCancel }: GiveProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const nameOf = useNames()
  const roster = useWholeLedger()?.roster
  const [chosen, setChosen] = useState<string | null>(null)
  const group = useRef<HTMLFieldSetElement>(null)
  useEffect(() => {
    group.current?.focus()
    // Somebody may have joined or left since the ledger was read last.
    void verify()
  }, [])
  const others = (roster ? assignable(roster) : []).filter(
    ({ id }) => id !== assignee && id !== keys.personId,
  )
  return (
    <Form onSubmit={() => chosen !== null && onSend(chosen)}>
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
      <div class="verbs">
        {chosen !== null && (
          <button type="submit" class="go" aria-disabled={busy}>
            {t('staff.assign.go', { name: nameOf(chosen) })}
          </button>
        )}
        <button type="button" onClick={onCancel}>
          {t('staff.assign.cancel')}
        </button>
      </div>
    </Form>
  )
}

export function TakeBackForm({ assignee, busy, onSend, onCancel }: GiveProps) {
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

/** Says what the colleague who loses the case may keep. */
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
