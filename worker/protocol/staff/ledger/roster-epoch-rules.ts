// Decides how the rows about keepers and epochs may change the roster. Only a keeper can open or
// retire an epoch.
import { dayNumber, dayOf } from '../../time.ts'
import { fromB64, toB64 } from '../../bytes.ts'
import { lastDayOf } from '../../keys/key-days.ts'
import { isCertified, isManifestSigned, readManifest, type Manifest } from '../../keys/manifest.ts'
import { GRACE_DAYS } from '../../limits.ts'
import type { LedgerAction } from '../actions.ts'
import type { Statement } from '../statement.ts'
import {
  EPOCH_DAYS,
  EPOCH_KEPT_DAYS,
  EpochEnd,
  EpochOpen,
  EpochRetire,
  KEEPER_DAYS,
  KeeperCertify,
} from './keys.ts'
import {
  isReader,
  keeperKey,
  keyWithRole,
  newestNumber,
  requireRule,
  rootKey,
  timeOf,
  type Rule,
} from './roster-checks.ts'
import type { RosterEpoch, Roster } from './roster-state.ts'

/**
 * Requires a manifest to name the actor as its signer, and to state the last day of the actor's
 * certificate.
 */
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

type EpochAction = Extract<LedgerAction, `keeper.${string}` | `epoch.${string}`>

export const epochRules: Record<EpochAction, Rule> = {
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
    requireRule(epoch === newestNumber(roster.epochs) + 1)
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
    // The laptop with the root key opens the first epoch, so that the site can seal from its first
    // day.
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
    // Without a newer epoch, the pages could no longer seal.
    requireRule(epoch < newestNumber(roster.epochs))
    requireRule(day >= dayOf(timeOf(said)) && (found.retiredDay === null || day < found.retiredDay))
    found.retiredDay = day
    return keeperKey(roster, said)
  },

  'epoch.end': (roster, said, change) => {
    const { epoch } = EpochEnd.parse(change)
    const found = roster.epochs.get(epoch)
    requireRule(found?.hasEnded === false && said.subject === String(epoch))
    requireRule(epoch < newestNumber(roster.epochs))
    requireRule(dayNumber(timeOf(said)) > lastAccepted(found) + EPOCH_KEPT_DAYS)
    found.hasEnded = true
    return keyWithRole(roster, said, 'intake')
  },
}
