// Shows the person's own ways in, and the open sessions. Here a second passkey and another sheet
// are added, and a lost one is removed. Here a person also replaces keys in foreign hands.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { OwnKeys, Slot } from '#protocol/staff/slots'
import { fetchOwnKeys } from '../api/own-keys-api.ts'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { AddSlot } from './add-slot.tsx'
import { NewKeysCard } from './new-keys-card.tsx'
import { ReplaceKeys } from './replace-keys.tsx'
import { Sessions } from './sessions.tsx'
import { OwnSlotRow } from './own-slot-row.tsx'

export interface OwnKeysPageProps {
  onBack: () => void
  /** false for a person without the role intake, who has no list of reports */
  hasList: boolean
}

/** Of this many slots none can be removed. */
const LEAST_SLOTS = 2

/** Returns true when two other slots stay and one of them is a sheet, as the edge requires. */
function canRemove({ slots }: OwnKeys, { id }: { id: string }): boolean {
  const others = slots.filter((slot) => slot.id !== id)
  return others.length >= LEAST_SLOTS && others.some(({ kind }) => kind === 'passphrase')
}

export function OwnKeysPage({ onBack, hasList }: OwnKeysPageProps) {
  const { t } = useMessages()
  const { onSlots } = useSessionContext()
  const loading = useSessionAttempt()
  const [own, setOwn] = useState<OwnKeys | null>(null)
  const [adding, setAdding] = useState<Slot['kind'] | null>(null)
  const [isReplacing, setIsReplacing] = useState(false)
  const [done, setDone] = useState<MessageKey | null>(null)
  const asked = useRef(0)
  const load = async (): Promise<void> => {
    const now = asked.current
    const keys = await fetchOwnKeys()
    setOwn(keys)
    onSlots(keys.slots)
    // Something changed during the request, so that its answer may be too old.
    if (asked.current !== now) await load()
  }
  const refresh = (): void => {
    asked.current += 1
    loading.run(load)
  }
  useEffect(refresh, [])
  const settle = (what: MessageKey): void => {
    setDone(what)
    refresh()
  }
  const add = (kind: Slot['kind']): void => {
    setDone(null)
    setAdding(kind)
  }
  return (
    <ScreenPage
      title={t('staff.own.title')}
      onBack={hasList ? onBack : null}
      state={isReplacing ? 'replacing' : (adding ?? done ?? '')}
    >
      <p>{t('staff.own.lead')}</p>
      <p role="status" class={done ? 'done' : undefined}>
        {done ? t(done) : !own && loading.busy && t('staff.loading')}
      </p>
      <ErrorMessage why={loading.why} />
      {loading.why !== null && (
        <button type="button" onClick={refresh}>
          {t('staff.again')}
        </button>
      )}
      {own && adding && (
        <AddSlot
          key={adding}
          kind={adding}
          slots={own.slots}
          onAdded={() => {
            setAdding(null)
            settle(adding === 'prf' ? 'staff.own.added.prf' : 'staff.own.added.paper')
          }}
          onCancel={() => setAdding(null)}
        />
      )}
      {own && isReplacing && (
        <ReplaceKeys slots={own.slots} onCancel={() => setIsReplacing(false)} />
      )}
      {own && !adding && !isReplacing && (
        <>
          <section class="card" aria-labelledby="slots-title">
            <header>
              <h3 id="slots-title">{t('staff.own.slots')}</h3>
              <div class="verbs">
                <button type="button" onClick={() => add('prf')}>
                  {t('staff.own.add.prf')}
                </button>
                <button type="button" onClick={() => add('passphrase')}>
                  {t('staff.own.add.paper')}
                </button>
              </div>
            </header>
            <ul class="rows">
              {own.slots.map((slot) => (
                <OwnSlotRow
                  key={slot.id}
                  slot={slot}
                  canRemove={canRemove(own, slot)}
                  onDone={settle}
                />
              ))}
              {own.signInOnly.map((id) => (
                <OwnSlotRow key={id} slot={{ id, kind: 'sign_in' }} canRemove onDone={settle} />
              ))}
            </ul>
            {!own.slots.every((slot) => canRemove(own, slot)) && (
              <p class="hint">{t('staff.own.least')}</p>
            )}
          </section>
          <Sessions sessions={own.sessions} onDone={settle} />
          <NewKeysCard
            onBegin={() => {
              setDone(null)
              setIsReplacing(true)
            }}
          />
        </>
      )}
    </ScreenPage>
  )
}
