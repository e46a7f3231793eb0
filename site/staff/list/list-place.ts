// Declares a person's place in the list and the app, and keeps it while the app is locked. A search
// or a tag contains words from a case. So a locked app keeps the place sealed to the person, in
// this tab's memory only.
import * as z from 'zod/mini'
import { fromUtf8, utf8, type Bytes } from '#protocol/bytes'
import { hpkeOpen } from '../crypto/hpke-open.ts'
import { sealTo } from '../crypto/seal-to.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { ListFilter } from './filter/list-filter.ts'
import { DEFAULT_FILTERS, FIRST_VIEW } from './filter/views.ts'

/** A tag that is being added to many cases, and the cases that remain. */
export const Tagging = z.object({ tag: z.string(), left: z.array(z.string()), of: z.int() })
export type Tagging = z.infer<typeof Tagging>

export const ListPlace = z.object({
  filter: ListFilter,
  shows: z.enum(['cases', 'tasks']),
  search: z.string(),
  /** the case that has the keyboard focus */
  current: z.nullable(z.string()),
  selected: z.array(z.string()),
  /** the case that is open beside the list */
  report: z.nullable(z.string()),
  tagging: z.nullable(Tagging),
})
export type ListPlace = z.infer<typeof ListPlace>

const WholePlace = z.object({
  now: ListPlace,
  screen: z.nullable(z.string()),
  helpPage: z.nullable(z.string()),
})
type WholePlace = z.infer<typeof WholePlace>

const START: ListPlace = {
  filter: DEFAULT_FILTERS[FIRST_VIEW],
  shows: 'cases',
  ...{ search: '', current: null, selected: [], report: null, tagging: null },
}

const NOWHERE: WholePlace = { now: START, screen: null, helpPage: null }

const INFO = utf8('oasis/v1/list-place')
const NONE: Bytes = new Uint8Array(0)

type Owner = Pick<UnlockedKeys, 'personId' | 'own'>

export class KeptPlace implements WholePlace {
  /** the person's place in the list while the app is unlocked */
  now = NOWHERE.now
  /** the screen, by its name in the menu; null at the start */
  screen = NOWHERE.screen
  /** the help page that the person is reading or read last; null until the person has opened one */
  helpPage = NOWHERE.helpPage
  readonly #sealed = new Map<string, Promise<Bytes>>()

  /** Seals the place and drops the cleartext. A place that cannot be sealed is lost. */
  async keep({ personId, own }: Owner): Promise<void> {
    // JSON leaves out the private field with the sealed places.
    const text = JSON.stringify(this)
    Object.assign(this, NOWHERE)
    const sealing = sealTo(own.publicBytes, INFO, utf8(text))
    this.#sealed.set(personId, sealing)
    await sealing.catch(() => this.#sealed.delete(personId))
  }

  /**
   * Opens the place of the person who unlocked the app; returns the start if the person has no
   * place.
   */
  async takeBack({ personId, own }: Owner): Promise<void> {
    const sealing = this.#sealed.get(personId)
    this.#sealed.delete(personId)
    Object.assign(this, NOWHERE)
    if (!sealing) return
    try {
      const text = fromUtf8(await hpkeOpen(own, INFO, NONE, await sealing))
      Object.assign(this, WholePlace.parse(JSON.parse(text)))
    } catch {
      // If the place does not open, the list starts at the top.
    }
  }
}
