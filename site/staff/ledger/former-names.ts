// Opens the names of people who have left. A reader's browser also seals each name that is
// unsealed, or sealed under an older team key. Each caseworker receives a copy.
import { Refusal } from '#protocol/errors'
import { isCaseworker, isReader } from '#protocol/staff/ledger/roster-checks'
import type { Member, Roster } from '#protocol/staff/ledger/roster-state'
import {
  MAX_NAME_COPIES,
  type FormerName,
  type SealedFormerName,
} from '#protocol/staff/people/former-name'
import type { People } from '#protocol/staff/people/people'
import { nameHashOf, type SaltedName } from '#protocol/staff/people/person-name'
import { fetchPeople, putFormerName } from '../api/people-api.ts'
import {
  openFormerName,
  openNameCopy,
  sealFormerName,
  sealNameCopy,
} from '../crypto/former-name.ts'
import { namedTeam, newestTeam, type TeamKey } from '../crypto/team-key.ts'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import { proveNames, type SeenNames } from './proven-names.ts'

interface NameReader {
  keys: Pick<UnlockedKeys, 'own' | 'team'>
  roster: Roster
}

/** Opens every name that this person can open. A name that does not open is omitted. */
export async function openFormerNames(
  by: NameReader,
  former: readonly FormerName[],
): Promise<SeenNames> {
  const opened = await Promise.all(
    former.map(async ({ id, ...stored }) => {
      const name = await openOrNull(by, id, stored)
      return name ? [{ id, ...name }] : []
    }),
  )
  return proveNames({ names: opened.flat() }, by.roster)
}

async function openOrNull(
  { keys, roster }: NameReader,
  id: string,
  { sealed, generation }: Pick<FormerName, 'sealed' | 'generation'>,
): Promise<SaltedName | null> {
  if (sealed === null) return null
  try {
    if (generation === null) return await openNameCopy(keys.own, id, sealed)
    const team = namedTeam(roster, keys, generation)
    return team && (await openFormerName(team, id, sealed))
  } catch (thrown) {
    if (thrown instanceof Refusal) return null
    throw thrown
  }
}

/**
 * Seals the names of people who have left under the newest team key, with copies for the
 * caseworkers. Omits a name that does not match the ledger.
 *
 * @throws Refusal with the code of a network failure or of a refusal by the edge
 */
export async function keepFormerNames(by: NameReader): Promise<void> {
  const team = newestTeam(by.roster, by.keys)
  if (!team) return
  const people = await fetchPeople()
  for (const stored of people.former) await keepName(by, team, people, stored)
}

async function keepName(
  by: NameReader,
  team: TeamKey,
  { names }: Pick<People, 'names'>,
  stored: FormerName,
): Promise<void> {
  const { id, generation, holders } = stored
  const member = by.roster.people.get(id)
  if (member?.left === undefined) return
  const due = holdersOf(by.roster, member)
  const isKept = generation === team.generation && due.every((each) => holders.includes(each.id))
  if (isKept) return
  const name = names.find((each) => each.id === id) ?? (await openOrNull(by, id, stored))
  if (!name || (await nameHashOf(name)) !== member.nameHash) return
  await putFormerName(id, await sealFor(team, due, id, name))
}

/** Lists the caseworkers who may see the name. A reader opens the name with the team key. */
function holdersOf({ people }: Roster, { left }: Member): Member[] {
  if (left?.isNumberOnly !== false) return []
  const caseworkers = [...people.values()].filter((each) => isCaseworker(each) && !isReader(each))
  return caseworkers.slice(0, MAX_NAME_COPIES)
}

async function sealFor(
  team: TeamKey,
  holders: readonly Member[],
  id: string,
  name: SaltedName,
): Promise<SealedFormerName> {
  const copies = holders.map(async ({ id: person, hpkePublic }) => ({
    person,
    sealed: await sealNameCopy(hpkePublic, id, name),
  }))
  return {
    generation: team.generation,
    sealed: await sealFormerName(team, id, name),
    copies: await Promise.all(copies),
  }
}
