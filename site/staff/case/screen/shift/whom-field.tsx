// Asks to whom a case or a shift should be handed over. The choice is stored as a draft, so that
// the choice survives a lock, as the words do. If the chosen colleague has left, the choice is
// treated as a handover to everybody.
import { useMessages } from '../../../i18n/messages.tsx'
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { type useCaseColleagues } from '../../read/colleagues-in-case.ts'

type Colleagues = ReturnType<typeof useCaseColleagues>

/**
 * @param key         the key of the draft
 * @param colleagues  the people who can be chosen
 * @returns the id of the colleague, empty for everybody; and the function that chooses one
 */
export function useWhom(
  key: string,
  colleagues: Colleagues,
): [to: string, choose: (to: string) => void] {
  const isKnown = useWholeLedger() !== null
  const [to, choose] = useDraft(key)
  // Before the first verdict on the ledger, no colleague is known and nothing can be sent.
  const isThere = !isKnown || colleagues.some(([id]) => id === to)
  return [isThere ? to : '', choose]
}

interface WhomFieldProps {
  to: string
  colleagues: Colleagues
  onChoose: (to: string) => void
}

export function WhomField({ to, colleagues, onChoose }: WhomFieldProps) {
  const { t } = useMessages()
  return (
    <SelectField
      label={t('staff.shift.whom')}
      hint={t('staff.shift.whom.hint')}
      value={to}
      options={[['', t('staff.shift.all')], ...colleagues]}
      onChange={onChoose}
    />
  )
}
