// Words that were not sent, while nobody is at the desk: sealed to the person who wrote them, in this tab's memory only.
import { type Bytes } from '#protocol/bytes'
import { openDrafts, sealDrafts, type Drafts } from './keys/drafts.ts'
import { type UnlockedKeys } from './keys/unlock.ts'

/** What became of them on leaving the desk; null when there were none. */
export type Unsent = 'kept' | 'lost' | null

export class UnsentWords {
  readonly #sealed = new Map<string, Promise<Bytes>>()

  /** True while closing the tab would lose somebody's words. */
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

  /** What was kept for the person who unlocked; `lost` when something was kept and does not open. */
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
