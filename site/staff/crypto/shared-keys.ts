// Opens the copies of the keys that readers share, and proves them against the roster. Unlocking
// opens the copies before the ledger is replayed. A copy is not used to open or seal anything
// before it is proven.
import { type Me } from '#protocol/staff/people/people'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { type OpeningKey } from './hpke-open.ts'
import { openIntake, type EpochCopy } from './intake-key.ts'
import { isEpochKey, type EpochKeys } from './named-keys.ts'
import { openTeamCopy, TeamKey, type TeamCopy, type TeamKeys } from './team-key.ts'

/** The copies that the server has for a person, opened but not yet proven. */
export interface UnprovenKeys {
  intake: readonly EpochCopy[]
  team: readonly TeamCopy[]
}

/** The keys that readers share. Both parts are empty for a person without the intake role. */
export interface SharedKeys extends TeamKeys {
  /** keyed by epoch */
  intake: ReadonlyMap<number, EpochKeys>
}

/**
 * The epoch or generation numbers of copies for which the roster has no key, or a different key.
 */
export interface WaitingCopies {
  epochs: number[]
  generations: number[]
}

export const NO_KEYS: SharedKeys = { intake: new Map(), team: new Map() }

/** Opens every copy that the server has for a person. @throws Refusal `cannot_open` */
export async function openCopies(
  own: OpeningKey,
  { intake, team }: Pick<Me, 'intake' | 'team'>,
): Promise<UnprovenKeys> {
  const copies = { intake: [] as EpochCopy[], team: [] as TeamCopy[] }
  for (const each of intake) copies.intake.push(await openIntake(own, each))
  for (const each of team) copies.team.push(await openTeamCopy(own, each))
  return copies
}

/**
 * Proves copies. A copy that the roster does not list is kept for the next proof. A colleague may
 * have just opened its epoch or generation.
 *
 * @param roster  may also be the roster of the rows before a break in the ledger
 * @param known  the keys that were proven before, which this roster must list too; returned
 *   unchanged if no key is new
 */
export async function proveKeys(
  unproven: UnprovenKeys,
  roster: Pick<Roster, 'epochs' | 'teams'>,
  known: SharedKeys = NO_KEYS,
): Promise<{ shared: SharedKeys; waiting: WaitingCopies }> {
  const [intake, team] = [new Map<number, EpochKeys>(), new Map<number, TeamKey>()]
  const waiting: WaitingCopies = { epochs: [], generations: [] }
  for (const copy of unproven.intake) {
    const keys = known.intake.get(copy.epoch) ?? copy.keys
    if (await isEpochKey(roster, copy, keys)) intake.set(copy.epoch, keys)
    else if (await isEpochKey(roster, copy, copy.keys)) intake.set(copy.epoch, copy.keys)
    else waiting.epochs.push(copy.epoch)
  }
  for (const copy of unproven.team) {
    const before = known.team.get(copy.generation)
    const key = before?.isNamedIn(roster) ? before : TeamKey.prove(copy, roster)
    if (key) team.set(copy.generation, key)
    else waiting.generations.push(copy.generation)
  }
  const isSame = hasSame(intake, known.intake) && hasSame(team, known.team)
  return { shared: isSame ? known : { intake, team }, waiting }
}

const hasSame = <Key>(found: ReadonlyMap<number, Key>, known: ReadonlyMap<number, Key>): boolean =>
  found.size === known.size && [...found].every(([number, key]) => known.get(number) === key)
