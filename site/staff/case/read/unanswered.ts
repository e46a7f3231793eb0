// Remembers the entries whose answer got lost, so that words that somebody sends again are stored
// once.
import { sha256, toB64, utf8 } from '#protocol/bytes'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { fetchReport } from '../../api/case-api.ts'
import { type Entry } from '../../crypto/case-entry.ts'
import { type UnlockedKeys } from '../../crypto/unlock.ts'

/** The edge may have stored the entry before such a refusal. */
const LOST: readonly ErrorCode[] = ['network', 'unavailable', 'internal']

/**
 * The sealed entries without an answer, by the hash of their words. Locking drops them together
 * with the keys.
 */
const unanswered = new WeakMap<UnlockedKeys, Map<string, string>>()

/**
 * Sends an entry. If an answer to the same words got lost, first asks the edge for them.
 *
 * @param send  sends the sealed entry, and throws a Refusal
 * @returns the sealed entry that is stored
 * @throws Refusal the codes of `send` and fetchReport
 */
export async function sendUnlessStored(
  keys: UnlockedKeys,
  caseId: string,
  entry: Entry,
  send: (keep: (sealed: string) => void) => Promise<void>,
): Promise<string> {
  const lost = unanswered.get(keys) ?? new Map<string, string>()
  unanswered.set(keys, lost)
  // The second try may come in a different minute.
  const words = toB64(await sha256(utf8(JSON.stringify([caseId, { ...entry, at: '' }]))))
  const former = lost.get(words)
  if (former !== undefined && (await isStored(caseId, former))) {
    lost.delete(words)
    return former
  }
  let last = ''
  try {
    await send((sealed) => (last = sealed))
    lost.delete(words)
    return last
  } catch (thrown) {
    if (last !== '' && thrown instanceof Refusal && LOST.includes(thrown.code))
      lost.set(words, last)
    throw thrown
  }
}

/** False once a later row may have undone the entry, as when a colleague lifts a danger. */
async function isStored(caseId: string, sealed: string): Promise<boolean> {
  const { entries, log } = await fetchReport(caseId)
  return entries.some((each) => each.sealed === sealed && each.n === log.length)
}
