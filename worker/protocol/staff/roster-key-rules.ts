// Decides what the rows about keys may do to the roster. The rows are about keepers, epochs,
// generations of the team key, the recovery key, checkpoints and restarts.
import { dayNumber, dayOf } from '../time.ts'
import { fromB64, toB64 } from '../bytes.ts'
import { lastDayOf } from '../keys/key-days.ts'
import { isCertified, isManifestSigned, readManifest, type Manifest } from '../keys/manifest.ts'
import { GRACE_DAYS } from '../limits.ts'
import type { LedgerAction, Statement } from './chain.ts'
import { caseKeyName } from './case-bodies.ts'
import {
  CheckpointSign,
  EPOCH_DAYS,
  EPOCH_KEPT_DAYS,
  EpochEnd,
  EpochOpen,
  EpochRetire,
  isCounted,
  KEEPER_DAYS,
  KeeperCertify,
  KeysLose,
  LedgerRestart,
  RecoveryRenew,
  TeamEnd,
  TeamOpen,
} from './ledger-keys.ts'
import { isReader, keyWithRole, requireRule, rootKey, timeOf, type Rule } from './roster-checks.ts'
import type { Roster, RosterEpoch } from './roster-state.ts'

type KeyAction = Extract<
  LedgerAction,
  | `keeper.${string}`
  | `epoch.${string}`
  | `team.${string}`
  | `keys.${string}`
  | `recovery.${string}`
  | `checkpoint.${string}`
  | `ledger.${string}`
>

/** Returns the key of the actor, a reader whose certificate as a keeper has not ended. */
function keeperKey(roster: Roster, said: Statement): string {
  const key = keyWithRole(roster, said, 'intake')
  const keeper = roster.people.get(said.actor)?.keeper
  requireRule(keeper !== null && keeper !== undefined)
  requireRule(dayNumber(timeOf(said)) <= keeper.lastDay)
  return key
}

/** Requires that a manifest names the actor as its signer, for the days of the certificate. */
function requireOwnManifest(roster: Roster, said: Statement, manifest: Manifest): void {
  const member = roster.people.get(said.actor)
  const isOwn =
    member?.signPublic === toB64(manifest.admin) && member.keeper?.lastDay === manifest.adminLastDay
  requireRule(isOwn)
}

type AcceptedUntil = Pick<RosterEpoch, 'manifest' | 'retiredDay'>

/** Returns the last day on which the edge accepts letters of an epoch, in days since 1970. */
export function lastAccepted({ manifest, retiredDay }: AcceptedUntil): number {
  const inGrace = lastDayOf(fromB64(manifest)) + GRACE_DAYS
  return retiredDay === null ? inGrace : Math.min(inGrace, dayNumber(Date.parse(retiredDay)) - 1)
}

const newest = (numbered: ReadonlyMap<number, unknown>): number => Math.max(0, ...numbered.keys())

export const keyRules: Record<KeyAction, Rule> = {
  'keeper.certify': (roster, said, change, place) => {
    const { signPublic, lastDay, certificate } = KeeperCertify.parse(change)
    const member = roster.people.get(said.subject)
    requireRule(member !== undefined && isReader(member) && member.signPublic === signPublic)
    requireRule(lastDay <= dayNumber(timeOf(said)) + KEEPER_DAYS)
    const root = fromB64(place.root)
    place.checks.push(isCertified(root, fromB64(signPublic), lastDay, fromB64(certificate)))
    roster.people.set(member.id, { ...member, keeper: { lastDay, certificate } })
    return rootKey(roster, said, place)
  },

  'epoch.open': (roster, said, change, place) => {
    const { epoch, manifest } = EpochOpen.parse(change)
    const fields = readManifest(fromB64(manifest))
    requireRule(said.subject === String(epoch) && fields.epoch === epoch)
    requireRule(epoch === newest(roster.epochs) + 1)
    const today = dayNumber(timeOf(said))
    requireRule(fields.firstDay <= today + 1 && fields.lastDay <= today + EPOCH_DAYS + 1)
    place.checks.push(isManifestSigned(fromB64(manifest), fromB64(place.root)))
    roster.epochs.set(epoch, {
      epoch,
      manifest,
      openedBy: said.actor,
      row: roster.rows + 1,
      retiredDay: null,
      hasEnded: false,
    })
    // The laptop with the root opens the first epoch, so that the site seals from its first day.
    if (said.actor === roster.rootId) {
      requireRule(epoch === 1)
      return rootKey(roster, said, place)
    }
    requireOwnManifest(roster, said, fields)
    return keeperKey(roster, said)
  },

  'epoch.retire': (roster, said, change) => {
    const { epoch, day } = EpochRetire.parse(change)
    const found = roster.epochs.get(epoch)
    requireRule(found !== undefined && said.subject === String(epoch))
    // Without a newer epoch the pages could not seal any more.
    requireRule(epoch < newest(roster.epochs))
    requireRule(day >= dayOf(timeOf(said)) && (found.retiredDay === null || day < found.retiredDay))
    found.retiredDay = day
    return keeperKey(roster, said)
  },

  'epoch.end': (roster, said, change) => {
    const { epoch } = EpochEnd.parse(change)
    const found = roster.epochs.get(epoch)
    requireRule(found?.hasEnded === false && said.subject === String(epoch))
    requireRule(epoch < newest(roster.epochs))
    requireRule(dayNumber(timeOf(said)) > lastAccepted(found) + EPOCH_KEPT_DAYS)
    found.hasEnded = true
    return keyWithRole(roster, said, 'intake')
  },

  'team.open': (roster, said, change) => {
    const { generation, commitment } = TeamOpen.parse(change)
    requireRule(said.subject === String(generation) && generation === newest(roster.teams) + 1)
    const row = roster.rows + 1
    const team = { generation, commitment, openedBy: said.actor, row, hasEnded: false }
    roster.teams.set(generation, team)
    return keyWithRole(roster, said, 'intake')
  },

  'team.end': (roster, said, change) => {
    const { generation } = TeamEnd.parse(change)
    const found = roster.teams.get(generation)
    requireRule(found?.hasEnded === false && said.subject === String(generation))
    requireRule(generation < newest(roster.teams))
    found.hasEnded = true
    return keyWithRole(roster, said, 'intake')
  },

  'keys.lose': (roster, said, change) => {
    const lost = KeysLose.parse(change)
    const found = roster.teams.get(lost.generation)
    requireRule(found?.hasEnded === false && said.subject === String(lost.generation))
    requireRule(lost.generation < newest(roster.teams) && isCounted(lost))
    const row = { signedBy: said.actor, row: roster.rows + 1, at: said.at }
    for (const key of lost.keys) roster.lostKeys.set(caseKeyName(key), row)
    return keyWithRole(roster, said, 'intake')
  },

  'recovery.renew': (roster, said, change, place) => {
    requireRule(said.subject === roster.rootId)
    roster.recovery = RecoveryRenew.parse(change).recovery
    // The new sheets open only keys that are made after this row.
    roster.leftAt = roster.rows + 1
    return rootKey(roster, said, place)
  },

  'checkpoint.sign': (roster, said, change) => {
    const { cases, digest } = CheckpointSign.parse(change)
    requireRule(said.subject === said.actor)
    const row = roster.rows + 1
    roster.checkpoint = { signedBy: said.actor, row, at: said.at, cases, digest }
    return keyWithRole(roster, said, 'intake')
  },

  'ledger.restart': (roster, said, change) => {
    LedgerRestart.parse(change)
    requireRule(said.subject === said.actor)
    roster.restart = { signedBy: said.actor, row: roster.rows + 1, at: said.at }
    return keeperKey(roster, said)
  },
}
