// Remembers the entries for which the response was lost, so that words that are sent again are
// stored only once.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { fetchReport } from '../../api/case-api.ts'
import { type Entry, type EntryKind } from '../../crypto/case-entry.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'

/** The edge may have stored the entry despite one of these refusals. */
const LOST: readonly ErrorCode[] = ['network', 'unavailable', 'internal']

/** No later row can undo these entries, so an entry that is stored is never written again. */
const LASTING: ReadonlySet<EntryKind> = new Set([
  ...(['note', 'attempt', 'task', 'task_end', 'handover'] as const),
  ...(['referral', 'referral_second', 'referral_mark'] as const),
])

/**
 * The sealed entries without a response, keyed by the hash of their words. Locking drops them along
 * with the keys.
 */
const unanswered = new WeakMap<UnlockedKeys, Map<string, string>>()

/** The outcome of an earlier attempt to send the same words. */
export interface FormerTry {
  /** the sealed entry that is stored; null when none is stored */
  stored: string | null
  /** Keeps the sealed entry of a failed attempt, if the edge may have stored it. */
  keep: (sealed: string, thrown: unknown) => void
  /** Forgets the earlier attempt once the words are stored. */
  forget: () => void
}

/**
 * Looks for an entry at the edge if the response to an earlier attempt with the same words was
 * lost.
 *
 * @throws Refusal the codes of fetchReport
 */
export async function findFormerTry(
  keys: UnlockedKeys,
  caseId: string,
  entry: Entry,
): Promise<FormerTry> {
  const lost = unanswered.get(keys) ?? new Map<string, string>()
  unanswered.set(keys, lost)
  // The second attempt may fall in a different minute.
  const words = toB64(await sha256(utf8(JSON.stringify([caseId, { ...entry, at: '' }]))))
  const former = lost.get(words)
  const isThere = former !== undefined && (await isStored(caseId, former, entry))
  if (isThere) lost.delete(words)
  return {
    stored: isThere ? former : null,
    keep: (sealed, thrown) => {
      if (sealed !== '' && thrown instanceof Refusal && LOST.includes(thrown.code))
        lost.set(words, sealed)
    },
    forget: () => lost.delete(words),
  }
}

/** Returns false once a later row may have undone the entry, for example by lifting a danger. */
async function isStored(caseId: string, sealed: string, { kind }: Entry): Promise<boolean> {
  const { entries, log } = await fetchReport(caseId)
  const found = entries.find((each) => each.sealed === sealed)
  return found !== undefined && (LASTING.has(kind) || found.n === log.length)
}
