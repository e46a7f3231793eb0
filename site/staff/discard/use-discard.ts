// Holds the choice of which reports a discard covers, their counts, and the reports drawn as
// examples. A new choice invalidates the counts, so that a colleague does not sign a discard of
// uncounted reports.
import { useEffect, useState } from 'preact/hooks'
import { DAY_MS } from '#protocol/limits'
import { dayOf } from '#protocol/time'
import { MAX_KEPT, type Discard, type DiscardPredicate } from '#protocol/staff/list/discard'
import { fetchDiscards, postPreview } from '../api/overflow-api.ts'
import { openItems, type OpenedItem } from '../case/read/open-item.ts'
import { useCaseIndex } from '../search/case-index.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof, type ProvenAttempt } from '../session/use-proof.tsx'
import { reportsNaming } from './naming-author.ts'
import { sendDiscard } from './send-discard.ts'

/** The counts of a preview, and the reports drawn as examples. */
export interface Counted {
  stored: number
  waiting: number
  sample: readonly OpenedItem[]
  /** ids of covered reports that contain the name of this person, who then may not sign */
  naming: readonly string[]
}

export interface DiscardDraft {
  predicate: DiscardPredicate
  /** null until the first count, and after a new choice */
  counted: Counted | null
  /** the newest discards; null until they are loaded */
  discards: readonly Discard[] | null
  attempt: ProvenAttempt
  choose: (changes: Partial<DiscardPredicate>) => void
  count: () => void
  keep: (ids: readonly string[]) => void
  sign: () => void
}

export const lastDayOver = (): string => dayOf(Date.now() - DAY_MS)

/** @param open  id of the open discard, according to the most recent request */
export function useDiscard(open: string | null, onSigned: () => void): DiscardDraft {
  const { keys, me } = useSessionContext()
  const { cases } = useCaseIndex()
  const attempt = useProof()
  const [predicate, setPredicate] = useState<DiscardPredicate>(() => ({
    grade: 0,
    danger: false,
    from: lastDayOver(),
    to: lastDayOver(),
    sealedBy: 'both',
    keep: [],
  }))
  const [counted, setCounted] = useState<Counted | null>(null)
  const [discards, setDiscards] = useState<readonly Discard[] | null>(null)

  const load = async (): Promise<void> => setDiscards((await fetchDiscards()).discards)
  useEffect(() => attempt.run(load), [open])

  const choose = (changes: Partial<DiscardPredicate>): void => {
    setPredicate({ ...predicate, ...changes })
    setCounted(null)
  }
  const countOf = async (asked: DiscardPredicate): Promise<void> => {
    const { sample, ...numbers } = await postPreview(asked)
    const naming = await reportsNaming(me.name, asked, cases)
    setCounted({ ...numbers, naming, sample: await openItems(keys, sample) })
  }
  const count = (): void => attempt.run(() => countOf(predicate))
  const keep = (ids: readonly string[]): void =>
    attempt.run(async () => {
      const kept = { ...predicate, keep: [...predicate.keep, ...ids].slice(0, MAX_KEPT) }
      setPredicate(kept)
      await countOf(kept)
    })
  const sign = (): void =>
    attempt.run(async () => {
      if (!counted || counted.naming.length > 0) return
      const { stored, waiting } = counted
      await sendDiscard(keys, { ...predicate, stored, waiting })
      setCounted(null)
      onSigned()
      await load()
    })
  return { predicate, counted, discards, attempt, choose, count, keep, sign }
}
