// Prints how long the keys known to this computer will remain valid: the newest epoch and a
// keeper's certificate. A keeper may have made newer keys in the staff app since then. Also prints
// how long the last deploy's publishing key and the address for security reports remain valid.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod/mini'
import { fromB64, type Bytes } from '#protocol/bytes'
import { keysStateOf } from '#protocol/keys/key-days'
import { isManifestSigned, MANIFEST_BYTES, readManifest } from '#protocol/keys/manifest'
import { DAY_MS } from '#protocol/limits'
import { b64Of, point } from '#protocol/staff/fields'
import { keeperLastDayIn, newestNumber } from '#protocol/staff/ledger/roster-checks'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { dayNumber, dayOf } from '#protocol/time'
import { hasDeployment, readDeployment } from '#scripts/account/deployment'
import { lastDayOfPublisher } from '#scripts/manifest/signature'
import { readJsonFile, readLedgerFile } from '#scripts/org/files/ledger-file'
import { Stop } from '#scripts/shared/progress'

const Known = z.object({ root: point, manifest: b64Of(MANIFEST_BYTES) })

/** The remedy for each key that is about to expire. */
const REMEDY = {
  epoch: 'a keeper opens the next one on the screen "Keys", see docs/operations/renew-keys.md',
  contact: 'try it, and write a later security.lastDay, see docs/operations/security-contact.md',
  keeper: 'the laptop with the root key renews it, see docs/operations/renew-keeper.md',
  publishing:
    'renew it with the root key, and deploy, see docs/operations/published-pages.md; after its ' +
    'last day each watch is red',
} as const

/**
 * Writes one line for each key; an alarm begins with "! ".
 *
 * @param org    the path of public.json, with ledger.json and deployment.json beside it
 * @param signature  the signature of the last deploy's site manifest; null before the first
 * @throws Stop for an unreadable file, or when the root key has not signed the manifest
 */
export async function keyLines(
  org: string,
  nowMs: number,
  signature: Bytes | null = null,
): Promise<string[]> {
  if (!existsSync(org)) return [`Keys: there is no organisation at ${org} yet (npm run org).`]
  const known = readJsonFile(org, Known)
  const root = fromB64(known.root)
  const manifest = fromB64(known.manifest)
  if (!(await isManifestSigned(manifest, root)))
    throw new Stop(`The root of ${org} does not vouch for its manifest.`)
  const roster = await rosterBeside(org, root)
  const newest = roster?.epochs.get(newestNumber(roster.epochs))
  const built = readManifest(manifest)
  const stored = newest && readManifest(fromB64(newest.manifest))
  const fields = stored && stored.epoch > built.epoch ? stored : built
  const keeperLastDay = (roster && keeperLastDayIn(roster)) ?? fields.adminLastDay
  const today = dayNumber(nowMs)
  return [
    lineOf('epoch', `the key for letters (epoch ${fields.epoch})`, fields.lastDay - today, nowMs),
    lineOf('keeper', 'the last certificate of a keeper', keeperLastDay - today, nowMs),
    ...publishingLines(signature, nowMs),
    ...contactLines(org, nowMs),
    `Keys: newer ones may be in the database; ${whereToLook(org)} says it in one word.`,
  ]
}

/**
 * Writes a line about the key that signed the last deploy. A passphrase protects the key itself, so
 * the last day comes from the signature.
 */
function publishingLines(signature: Bytes | null, nowMs: number): string[] {
  if (signature === null) return []
  const daysLeft = lastDayOfPublisher(signature) - dayNumber(nowMs)
  return [lineOf('publishing', 'the publishing key of the last deploy', daysLeft, nowMs)]
}

/** Writes a line about the address in security.txt, if the deployment has one. */
function contactLines(org: string, nowMs: number): string[] {
  const security = hasDeployment(org) ? readDeployment(org).security : undefined
  if (security === undefined) return []
  const daysLeft = dayNumber(Date.parse(security.lastDay)) - dayNumber(nowMs)
  return [lineOf('contact', 'the address for security reports', daysLeft, nowMs)]
}

/** Replays the laptop's ledger.json. @returns null without that file */
async function rosterBeside(org: string, root: Uint8Array<ArrayBuffer>): Promise<Roster | null> {
  const path = join(dirname(org), 'ledger.json')
  return existsSync(path) ? (await replayLedger(readLedgerFile(path), root)).roster : null
}

function lineOf(of: keyof typeof REMEDY, what: string, daysLeft: number, nowMs: number): string {
  const day = dayOf(nowMs + daysLeft * DAY_MS)
  const ends =
    daysLeft < 0 ? `ended ${-daysLeft} days ago, on ${day}` : `ends in ${daysLeft} days, on ${day}`
  const state = keysStateOf(daysLeft)
  if (state === 'ok') return `Keys: ${what} ${ends}.`
  return `${state === 'soon' ? '' : '! '}Keys: ${what} ${ends}: ${REMEDY[of]}.`
}

const whereToLook = (org: string): string =>
  hasDeployment(org) ? `${readDeployment(org).site}/api/health` : '/api/health of the site'
