// Lists the person's own ways to sign in, and offers to add another.
import { type Slot } from '#protocol/staff/people/slots'
import { type OwnKeys } from '#protocol/staff/people/slots'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { OwnSlotRow } from './own-slot-row.tsx'

/** Minimum number of slots that must remain after a removal. */
const LEAST_SLOTS = 2

/** Returns true when two other slots remain and one of them is a sheet, as the edge requires. */
function canRemove({ slots }: OwnKeys, { id }: { id: string }): boolean {
  const others = slots.filter((slot) => slot.id !== id)
  return others.length >= LEAST_SLOTS && others.some(({ kind }) => kind === 'passphrase')
}

interface SlotsCardProps {
  own: OwnKeys
  /** the id of the slot that the person has just added, or null */
  added: string | null
  onAdd: (kind: Slot['kind']) => void
  onDone: (what: MessageKey) => void
}

export function SlotsCard({ own, added, onAdd, onDone }: SlotsCardProps) {
  const { t } = useMessages()
  return (
    <section class="card" aria-labelledby="slots-title">
      <header>
        <h3 id="slots-title">{t('staff.own.slots')}</h3>
        <div class="verbs">
          <button type="button" onClick={() => onAdd('prf')}>
            {t('staff.own.add.prf')}
          </button>
          <button type="button" onClick={() => onAdd('passphrase')}>
            {t('staff.own.add.paper')}
          </button>
        </div>
      </header>
      <ul class="rows">
        {own.slots.map((slot) => (
          <OwnSlotRow
            key={slot.id}
            slot={slot}
            isNew={slot.id === added}
            canRemove={canRemove(own, slot)}
            onDone={onDone}
          />
        ))}
        {own.signInOnly.map((id) => (
          <OwnSlotRow key={id} slot={{ id, kind: 'sign_in' }} canRemove onDone={onDone} />
        ))}
      </ul>
      {!own.slots.every((slot) => canRemove(own, slot)) && (
        <p class="hint">{t('staff.own.least')}</p>
      )}
    </section>
  )
}
