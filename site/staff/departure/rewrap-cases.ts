// Rewraps the case keys of one team key generation under the newest one, page by page. A key whose
// outer seal does not open is skipped, so that one damaged key does not block the others.
import { Refusal } from '#protocol/errors'
import type { CaseKey } from '#protocol/staff/case-log/bodies'
import type { Rewrapping } from '#protocol/staff/list/case-pages'
import type { CaseKeyPage } from '#protocol/staff/list/case-pages'
import { fetchCaseKeys, postRewrapping } from '../api/keys-api.ts'
import { rewrapCaseKey } from '../crypto/case-key.ts'
import { namedTeam, newestTeam, type TeamKey } from '../crypto/team-key.ts'
import { type CaseWriter } from '../session/case-writer.ts'

/** A step of a departure that works through many cases, and can be interrupted and resumed. */
export interface BulkAct {
  name: 'take' | 'rewrap' | 'pieces'
  /** Asks the edge how much work remains. */
  remaining: () => Promise<number>
  /**
   * Does all the remaining work. A second run does the work that an interruption or a failure left
   * undone.
   *
   * @param onProgress  receives the number of items that this run has finished
   * @throws Refusal from the network or the edge
   */
  run: (onProgress: (done: number) => void) => Promise<void>
}

/**
 * @param from  number of the generation that is to be ended
 * @throws Refusal `cannot_open` from `run` unless the person holds both team keys and the roster
 * lists them
 */
export const rewrapCases = ({ keys, roster }: CaseWriter, from: number): BulkAct => ({
  name: 'rewrap',

  remaining: async () => (await fetchCaseKeys(from, null)).remaining ?? 0,

  run: async (onProgress) => {
    const [old, team] = [namedTeam(roster, keys, from), newestTeam(roster, keys)]
    if (!old || !team || team.generation <= from) throw new Refusal('cannot_open')
    const send = async ({ keys: stored }: CaseKeyPage): Promise<void> => {
      const rewrapped = await rewrapAll(old, team, stored)
      if (rewrapped.length > 0) await postRewrapping({ from, to: team.generation, keys: rewrapped })
    }
    let done = 0
    let page: CaseKeyPage | null = await fetchCaseKeys(from, null)
    while (page) {
      const current: CaseKeyPage = page
      // The cursor is a case id, so the next page can be fetched while the current page is being
      // sent.
      ;[page] = await Promise.all([
        current.next === null ? null : fetchCaseKeys(from, current.next),
        send(current),
      ])
      onProgress((done += current.keys.length))
    }
  },
})

async function rewrapAll(
  from: TeamKey,
  to: TeamKey,
  keys: readonly CaseKey[],
): Promise<Rewrapping['keys']> {
  const rewrapped = await Promise.all(
    keys.map(async (stored) => {
      try {
        const { caseId, keyNo } = stored
        return [{ caseId, keyNo, sealed: await rewrapCaseKey(from, to, stored) }]
      } catch (cause) {
        if (cause instanceof Refusal) return []
        throw cause
      }
    }),
  )
  return rewrapped.flat()
}
