// Shows a warning above the workspace when a colleague's name differs from the name that this
// browser remembers. The line stays until the person dismisses it, so that one colleague is not
// mistaken for another.
import { useEffect, useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger, useWholeLedger } from '../ledger/ledger-context.ts'
import {
  changedNames,
  learnNames,
  rememberedNames,
  rememberNames,
  type ChangedName,
  type KnownNames,
} from '../ledger/remembered-names.ts'
import { useSessionContext } from '../session/session-context.ts'

export function ChangedNames() {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { names } = useSeenLedger()
  const ledger = useWholeLedger()
  const rootId = ledger?.rootId
  const [known, setKnown] = useState<KnownNames | null>(null)
  useEffect(() => {
    if (rootId !== undefined) void rememberedNames(rootId, keys).then(setKnown)
  }, [rootId])

  const keep = (next: KnownNames): void => {
    if (rootId === undefined) return
    setKnown(next)
    void rememberNames(rootId, keys, next)
  }
  useEffect(() => {
    if (!known || !ledger) return
    const next = learnNames(known, names, ledger.roster)
    const isSame = next.size === known.size && [...next.keys()].every((id) => known.has(id))
    if (!isSame) keep(next)
  }, [known, names, ledger])

  if (!known || !ledger) return null
  const accept = ({ id, now }: ChangedName): void => keep(new Map(known).set(id, now))
  return (
    <>
      {changedNames(known, names).map((changed) => (
        <div key={changed.id} class="paper-line" role="status">
          <p dir="auto">{t('staff.names.changed', { ...changed })}</p>
          <button type="button" onClick={() => accept(changed)}>
            {t('staff.names.seen')}
          </button>
        </div>
      ))}
    </>
  )
}
