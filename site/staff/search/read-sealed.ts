// Reads sealed cases for the index, and remembers the cases with a key that is not proven yet.
import { verifyKeys } from '#protocol/keys/signatures'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import type { QueueItem } from '#protocol/staff/list/queue'
import type { SealedCase, SealedCases } from '#protocol/staff/list/sealed-cases'
import { fetchSealedCases } from '../api/piece-api.ts'
import type { CaseReader } from '../case/read/key-hashes.ts'
import { newestLeaves, type CaseLeaves } from '../ledger/newest-leaves.ts'
import { lineDiffers } from './line-differs.ts'
import { proveSealed } from './prove-sealed.ts'
import { readCaseWords, type ReadCase } from './read-case.ts'
import { readSigned } from './signed-state.ts'

const NONE: CaseLeaves = new Map()

export class SealedReader {
  #reader: CaseReader
  /** caches imported keys, because many rows have the same signer */
  readonly #keyOf = verifyKeys()
  readonly #unproven = new Set<string>()
  #leaves: CaseLeaves = NONE

  constructor(reader: CaseReader) {
    this.#reader = reader
  }

  /**
   * From now on, reads with newer keys and a newer roster.
   *
   * @returns the ids of cases to read again, because a new reader may have signed the row that
   *   records a key
   */
  renew(reader: CaseReader): string[] {
    const isNewer = reader.roster !== this.#reader.roster
    this.#reader = reader
    return isNewer ? [...this.#unproven] : []
  }

  /**
   * Fetches the leaves of the last checkpoint. Without the leaves, the rows prove each case.
   *
   * @returns false when this reader already has them
   */
  async fetchLeaves(): Promise<boolean> {
    const before = this.#leaves
    this.#leaves = (await newestLeaves(this.#reader.roster).catch(() => null)) ?? NONE
    return this.#leaves !== before
  }

  /**
   * Compares a line with the case's leaf in the last checkpoint that was fetched, see lineDiffers.
   */
  differs(item: QueueItem, read: ReadCase | undefined): boolean {
    return lineDiffers(item, read, this.#leaves.get(item.id))
  }

  /**
   * Fetches a page. `left` contains the cases that did not fit into the page, and `gone` contains
   * the deleted cases.
   */
  async loadPage(ids: readonly string[]): Promise<SealedCases & { gone: string[] }> {
    const page = await fetchSealedCases(ids)
    const there = new Set([...page.left, ...page.cases.map(({ id }) => id)])
    return { ...page, gone: ids.filter((id) => !there.has(id)) }
  }

  /** `isProven` is false if any key of the case is not proven; see proveSealed. */
  async read(sealed: SealedCase): Promise<{ read: ReadCase; isProven: boolean }> {
    const { keys, roster } = this.#reader
    const leaf = this.#leaves.get(sealed.id)
    const signed = await readSigned(sealed)
    const hashes = await proveSealed(sealed, { leaf, signed }, roster, this.#keyOf)
    const isProven = sealed.caseKeys.every((key) => hashes.has(caseKeyName(key)))
    if (isProven) this.#unproven.delete(sealed.id)
    else this.#unproven.add(sealed.id)
    const words = await readCaseWords(keys, hashes, sealed)
    return { read: { ...words, signed: signed?.state ?? null }, isProven }
  }

  forget(id: string): void {
    this.#unproven.delete(id)
  }
}
