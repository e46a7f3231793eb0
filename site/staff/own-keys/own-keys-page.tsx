// Shows the person's own name, ways to sign in and open sessions. The person can add a second
// passkey or another sheet here, and remove a lost one. The person can also replace keys that
// somebody else may know.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { OwnKeys, Slot } from '#protocol/staff/people/slots'
import { fetchOwnKeys } from '../api/own-keys-api.ts'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { FailedLoad } from '../ui/errors.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { AddSlot } from './add-slot.tsx'
import { NewKeysCard } from './new-keys-card.tsx'
import { OwnNameCard } from './own-name-card.tsx'
import { ReplaceKeys } from './replace-keys.tsx'
import { Sessions } from './sessions.tsx'
import { SlotsCard } from './slots-card.tsx'

interface OwnKeysPageProps {
  onBack: () => void
  /** false for a person without the intake role, who has no list of reports */
  hasList: boolean
  /** opens the help page for a team without keys */
  onHelp: () => void
}

export function OwnKeysPage({ onBack, hasList, onHelp }: OwnKeysPageProps) {
  const { t } = useMessages()
  const { onOwn } = useSessionContext()
  const loading = useSessionAttempt()
  const [own, setOwn] = useState<OwnKeys | null>(null)
  const [adding, setAdding] = useState<Slot['kind'] | null>(null)
  const [added, setAdded] = useState<string | null>(null)
  const [isReplacing, setIsReplacing] = useState(false)
  const [done, setDone] = useState<MessageKey | null>(null)
  const asked = useRef(0)
  const load = async (): Promise<void> => {
    const now = asked.current
    const keys = await fetchOwnKeys()
    setOwn(keys)
    onOwn({ slots: keys.slots })
    // Something changed during the request, so its response may be outdated.
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
      <FailedLoad why={loading.why} again={refresh} />
      {own && adding && (
        <AddSlot
          key={adding}
          kind={adding}
          slots={own.slots}
          onAdded={(id) => {
            setAdding(null)
            setAdded(id)
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
          <OwnNameCard onDone={() => settle('staff.names.own.done')} />
          <SlotsCard own={own} added={added} onAdd={add} onDone={settle} />
          <Sessions sessions={own.sessions} onDone={settle} />
          <NewKeysCard
            onHelp={onHelp}
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
