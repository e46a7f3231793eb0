// Shows one way to sign in, with the actions that its owner can take.
import { useRef, useState } from 'preact/hooks'
import type { OwnSlot } from '#protocol/staff/people/slots'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { PaperProof } from '../session/prove-presence.tsx'
import { RemoveSlot } from './remove-slot.tsx'
import { RenameSlot } from './rename-slot.tsx'

/** A passkey without PRF has no slot: it can sign in but cannot open anything. */
type ShownSlot = OwnSlot | { id: string; kind: 'sign_in' }

interface OwnSlotRowProps {
  slot: ShownSlot
  /** true for the slot that the person has just added */
  isNew?: boolean
  canRemove: boolean
  onDone: (what: MessageKey) => void
}

type Verb = 'try' | 'rename' | 'remove'

export function OwnSlotRow({ slot, isNew = false, canRemove, onDone }: OwnSlotRowProps) {
  const { t } = useMessages()
  const [verb, setVerb] = useState<Verb | null>(null)
  const row = useRef<HTMLLIElement>(null)
  const name = ('name' in slot && slot.name) || t(`staff.own.kind.${slot.kind}`)
  const verbs: Verb[] = []
  if (slot.kind === 'passphrase') verbs.push('try')
  if ('name' in slot) verbs.push('rename')
  if (canRemove) verbs.push('remove')
  const settle = (what: MessageKey): void => {
    setVerb(null)
    onDone(what)
  }
  const close = (): void => {
    const former = verb
    setVerb(null)
    setTimeout(() =>
      row.current?.querySelector<HTMLElement>(`[data-verb=${former ?? ''}]`)?.focus(),
    )
  }
  return (
    <li class="slot" ref={row}>
      <SlotPicture kind={slot.kind} />
      <div class="slot-facts">
        <p>
          <b dir="auto">{name}</b>
          {isNew && ` · ${t('staff.own.new')}`}
        </p>
        <p class="hint">
          {name !== t(`staff.own.kind.${slot.kind}`) && `${t(`staff.own.kind.${slot.kind}`)} · `}
          {'name' in slot
            ? t('staff.own.days', {
                added: dayInDigits(slot.addedDay),
                tried: dayInDigits(slot.triedDay),
              })
            : t('staff.own.sign_in.means')}
        </p>
      </div>
      {verb === null && (
        <div class="verbs">
          {verbs.map((each) => (
            <button
              key={each}
              type="button"
              class="plain"
              data-verb={each}
              aria-label={t(`staff.own.${each}.name`, { name })}
              onClick={() => setVerb(each)}
            >
              {t(`staff.own.${each}`)}
            </button>
          ))}
        </div>
      )}
      {verb === 'try' && 'name' in slot && (
        <div class="note slot-verb" role="group" aria-label={t('staff.own.try.name', { name })}>
          <p>{t('staff.own.try.lead')}</p>
          <PaperProof
            slots={[slot]}
            go={t('staff.own.try.go')}
            onProven={(master) => {
              master.fill(0)
              settle('staff.own.tried')
              return Promise.resolve()
            }}
          >
            <button type="button" onClick={close}>
              {t('staff.people.not_yet')}
            </button>
          </PaperProof>
        </div>
      )}
      {verb === 'rename' && 'name' in slot && (
        <RenameSlot slot={slot} onDone={() => settle('staff.own.renamed')} onCancel={close} />
      )}
      {verb === 'remove' && (
        <RemoveSlot
          id={slot.id}
          isPaper={slot.kind === 'passphrase'}
          name={name}
          onDone={() => settle('staff.own.removed')}
          onCancel={close}
        />
      )}
    </li>
  )
}

/** Shows a key or a sheet, as decoration only. */
function SlotPicture({ kind }: Pick<ShownSlot, 'kind'>) {
  return (
    <svg class="slot-picture" viewBox="0 0 16 16" aria-hidden="true">
      {kind === 'passphrase' ? (
        <path d="M3 1.5h7l3 3v10H3zM10 1.5v3h3M5.5 8h5M5.5 10.5h5" />
      ) : (
        <path d="M8.2 8a3.2 3.2 0 1 1-6.4 0 3.2 3.2 0 0 1 6.4 0H15v3M12 8v2.2" />
      )}
    </svg>
  )
}
