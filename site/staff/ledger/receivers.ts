// Opens the receivers in the ledger, stores them, and seals them again after a departure. Only
// readers hold the team key.
import { Refusal } from '#protocol/errors'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import type { ReceiverList, ReceiverSet } from '#protocol/staff/receivers'
import { fetchReceivers, sendSealedReceiver } from '../api/receivers-api.ts'
import { sendAction } from '../api/send-action.ts'
import { moveReceiver, openReceiver, sealReceiver, type Receiver } from '../crypto/receiver.ts'
import { namedTeam, newestTeam } from '../crypto/team-key.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { holdsRole } from './read-roster.ts'
import { sendUnlessChanged, type LedgerWriter } from './send-unless-changed.ts'

interface ReceiverReader {
  keys: Pick<UnlockedKeys, 'own' | 'team'>
  roster: Roster
}

export interface ListedReceiver {
  id: string
  /** the hash in the ledger */
  recordHash: string
  /** null for a record that the server withholds, or that does not match the ledger */
  record: Receiver | null
  /** null if there is no doubt; see ReceiverDoubt */
  doubt: ReceiverDoubt | null
}

/**
 * The reasons not to make a referral to a receiver until somebody has checked it.
 *
 * - `closed`: its record is withheld, or does not match the hash in the ledger
 * - `left`: the colleague who set it last can no longer read reports, so a reader should set it
 *   again
 */
export type ReceiverDoubt = 'closed' | 'left'

/** Lists the receivers in the ledger that have not been deleted, by name. */
export async function readReceivers(by: ReceiverReader): Promise<ListedReceiver[]> {
  const stored = new Map((await fetchReceivers()).receivers.map((each) => [each.id, each] as const))
  const listed = [...by.roster.receivers].flatMap(([id, { recordHash, setBy }]) =>
    recordHash === null ? [] : [{ id, recordHash, setBy }],
  )
  const opened = await Promise.all(
    listed.map(async ({ setBy, ...each }): Promise<ListedReceiver> => {
      const record = await openOrNull(by, each, stored)
      const isLeft = !holdsRole(by.roster, setBy, 'intake')
      return { ...each, record, doubt: record === null ? 'closed' : isLeft ? 'left' : null }
    }),
  )
  return opened.sort((a, b) => (a.record?.name ?? '').localeCompare(b.record?.name ?? ''))
}

type Stored = ReadonlyMap<string, ReceiverList['receivers'][number]>

async function openOrNull(
  { keys, roster }: ReceiverReader,
  of: Pick<ListedReceiver, 'id' | 'recordHash'>,
  stored: Stored,
): Promise<Receiver | null> {
  const found = stored.get(of.id)
  const team = found && namedTeam(roster, keys, found.generation)
  if (!team) return null
  try {
    return await openReceiver(team, of, found.sealed)
  } catch (thrown) {
    if (thrown instanceof Refusal) return null
    throw thrown
  }
}

/**
 * Returns the hash of a receiver's record in the ledger; null if there is none or it has been
 * deleted.
 */
export const receiverHashIn = ({ receivers }: Pick<Roster, 'receivers'>, id: string) =>
  receivers.get(id)?.recordHash ?? null

/**
 * Stores a receiver, or deletes its record. If the response is lost and the receiver is sent again,
 * the list still contains it only once. The ledger then contains two rows with salted hashes of the
 * same record.
 *
 * @param read  the receiver's id, and the hash of the record that the author has read. The screen
 *   chooses the id of a new receiver once, and its hash is null.
 * @param record  null deletes the record of a receiver; the ledger keeps its salted hash
 * @throws Refusal the codes of sendUnlessChanged, `cannot_open` without the newest team key,
 *   `text_too_long`, `receivers_full`, and `not_found` for a deleted record
 */
export const sendReceiver = (
  by: LedgerWriter<UnlockedKeys>,
  { id: receiver, base }: { id: string; base: string | null },
  record: Receiver | null,
): Promise<void> =>
  sendUnlessChanged(
    by,
    { isRead: (roster) => receiverHashIn(roster, receiver) === base },
    async (sign, roster) => {
      const team = newestTeam(roster, by.keys)
      if (!team) throw new Refusal('cannot_open')
      const made = record && (await sealReceiver(team, receiver, record))
      const change: ReceiverSet = { receiver, recordHash: made?.recordHash ?? null }
      const signed = await sign({ action: 'receiver.set', subject: receiver, change })
      const sealed = made && { generation: team.generation, sealed: made.sealed }
      await sendAction('receiver.set', { signed, record: sealed }, receiver)
    },
  )

/**
 * Seals every record under the newest team key. A record that does not match the ledger is left
 * unchanged.
 *
 * @throws Refusal with the code of a network failure or of a refusal by the edge
 */
export async function keepReceivers({ keys, roster }: ReceiverReader): Promise<void> {
  const newest = newestTeam(roster, keys)
  if (!newest || roster.receivers.size === 0) return
  for (const { id, generation, sealed } of (await fetchReceivers()).receivers) {
    const recordHash = roster.receivers.get(id)?.recordHash
    const old = namedTeam(roster, keys, generation)
    if (generation === newest.generation || !recordHash || !old) continue
    const moving = moveReceiver([old, newest], { id, recordHash }, sealed)
    const moved = await moving.catch((thrown: unknown) => {
      if (thrown instanceof Refusal) return null
      throw thrown
    })
    if (moved !== null)
      await sendSealedReceiver(id, { generation: newest.generation, sealed: moved })
  }
}
