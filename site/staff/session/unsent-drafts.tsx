// Keeps drafts while a person writes and while the app is locked. A locked app holds the drafts
// sealed to the writer, in this tab's memory only.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { openDrafts, sealDrafts, type Drafts } from '../crypto/drafts.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSessionContext } from './session-context.ts'

/** Whether the drafts were kept when the person left the workspace; null when there were none. */
export type Unsent = 'kept' | 'lost' | null

export class UnsentDrafts {
  readonly #sealed = new Map<string, Promise<Bytes>>()

  /** Returns true while closing the tab would lose sealed drafts. */
  get isHolding(): boolean {
    return this.#sealed.size > 0
  }

  async keep(keys: Pick<UnlockedKeys, 'personId' | 'own'>, drafts: Drafts): Promise<Unsent> {
    if (drafts.size === 0) return null
    const sealing = sealDrafts(keys.own.publicBytes, drafts)
    this.#sealed.set(keys.personId, sealing)
    try {
      await sealing
      return 'kept'
    } catch {
      this.#sealed.delete(keys.personId)
      return 'lost'
    }
  }

  /** Returns the drafts of the person who unlocked the app, or `lost` when they do not open. */
  async takeBack({
    personId,
    own,
  }: Pick<UnlockedKeys, 'personId' | 'own'>): Promise<{ drafts: Drafts; lost: boolean }> {
    const sealing = this.#sealed.get(personId)
    this.#sealed.delete(personId)
    if (!sealing) return { drafts: new Map(), lost: false }
    try {
      return { drafts: await openDrafts(own, await sealing), lost: false }
    } catch {
      return { drafts: new Map(), lost: true }
    }
  }
}

/** Shows whether unsent drafts were kept or lost. */
export function UnsentNotice({ unsent }: { unsent: Unsent }) {
  const { t } = useMessages()
  return (
    <div role="status">
      {unsent === 'kept' && <p>{t('staff.unsent.kept')}</p>}
      {unsent === 'lost' && <p class="refused">{t('staff.unsent.lost')}</p>}
    </div>
  )
}

/** Holds a draft, so that it survives a refusal, a visit to another report, and locking. */
export function useDraft(key: string): [string, (text: string) => void] {
  const { drafts } = useSessionContext()
  const [text, setText] = useState(drafts.get(key) ?? '')
  const write = (next: string): void => {
    if (next) drafts.set(key, next)
    else drafts.delete(key)
    setText(next)
  }
  return [text, write]
}
