// Confirms newcomers on a local server, which has no colleague at a second screen. The scripted
// member confirms all waiting people without comparing digits.
import { toB64 } from '#protocol/bytes'
import type { PersonConfirm } from '#protocol/staff/ledger/rows'
import type { Confirmation } from '#protocol/staff/people/people'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Member, Roster } from '#protocol/staff/ledger/roster-state'
import { MemberClient } from '#scripts/local/member-client'
import { sealAllKeysFor } from '#site/staff/people/send-confirmation.ts'

const EVERY_MS = 1000

/**
 * Confirms newcomers until the returned function is called.
 *
 * @param orgDir  the folder of the throw-away organisation
 */
export function startConfirmer(origin: string, orgDir: string): () => void {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let client: MemberClient | undefined
  let seen = ''
  const look = async (): Promise<void> => {
    try {
      client ??= await MemberClient.open(origin, orgDir)
      if ((await client.head()) !== seen) seen = await confirmWaiting(client)
    } catch {
      // The server may be busy or restarting. The next attempt follows a second later.
    }
    if (!isStopped) timer = setTimeout(() => void look(), EVERY_MS)
  }
  void look()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

/**
 * Confirms the first waiting person.
 *
 * @returns the ledger's head when nobody was waiting, otherwise ''
 */
async function confirmWaiting(client: MemberClient): Promise<string> {
  const { roster } = await replayLedger(await client.ledger(), client.root)
  const head = toB64(roster.head)
  const newcomer = [...roster.people.values()].find(({ state }) => state === 'waiting')
  if (!newcomer) return head
  await client.post(`people/${newcomer.id}/confirm`, await confirmationOf(client, newcomer, roster))
  return ''
}

/** Seals the keys to the roster's key, which a server cannot swap. */
async function confirmationOf(
  client: MemberClient,
  { id, signPublic, hpkePublic, roles }: Member,
  roster: Roster,
): Promise<Confirmation> {
  const change: PersonConfirm = { signPublic, hpkePublic, roles }
  const head = toB64(roster.head)
  return {
    signed: await client.sign({ action: 'person.confirm', subject: id, change }, head),
    ...(await sealAllKeysFor(client.member.keys, await client.me(), roster, { roles, hpkePublic })),
  }
}
