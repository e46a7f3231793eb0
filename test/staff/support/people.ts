// Makes a staff member as the app does, with the intake key of a test organisation.
import { fromB64, randomBytes, sha256, toB64, type Bytes } from '#protocol/bytes'
import { HASH_BYTES } from '#protocol/limits'
import { reportIdOf, type ReportHeader } from '#protocol/report/envelope'
import { sealEnvelope, type SealEnvelope } from '#protocol/report/seal-envelope'
import { hybridSealer } from '#protocol/report/seal-hybrid-envelope'
import { intakeInfo, writeEpochKeys } from '#protocol/keys/epoch-private-keys'
import { addReporterMac } from '#protocol/report/reporter-mac'
import { makeReceipt, ownerOf, receiptKeys, type ReceiptKeys } from '#protocol/report/receipt'
import { type PlainReport } from '#protocol/report/plain-report'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { emptyRoster, type Roster } from '#protocol/staff/ledger/roster-state'
import { type Me } from '#protocol/staff/people/people'
import { makeKeys } from '#site/staff/crypto/make-keys.ts'
import { saltName } from '#site/staff/crypto/person-name.ts'
import { makeHybridPair, sealTo } from '#site/staff/crypto/seal-to.ts'
import { makeTeam } from '#site/staff/crypto/team-key.ts'
import { unlockedBy, unlockKeys } from '#site/staff/crypto/unlock.ts'
import { sealCekByLibrary } from '#test/protocol/support/hybrid.ts'
import { organisation } from '#test/protocol/support/organisation.ts'

const EPOCH = 1

export async function staffed() {
  const hybrid = await makeHybridPair()
  const org = await organisation(Date.now(), {}, hybrid.publicKey)
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', org.intake.privateKey))
  const { keys, master } = await makeKeys()
  const both = writeEpochKeys({ hybridSeed: hybrid.seed, pkcs8 })
  const sealed = await sealTo(fromB64(keys.hpkePublic), intakeInfo(EPOCH), both)
  const id = toB64(randomBytes(16))
  const team = await makeTeam(1, [{ id, hpkePublic: keys.hpkePublic }], keys.hpkePublic)
  const named = await saltName('Айгүл')
  const me: Me = {
    id,
    name: named.name,
    roles: ['admin', 'intake'],
    keys,
    slots: [],
    intake: [{ epoch: EPOCH, sealed: toB64(sealed), hybridKey: toB64(hybrid.publicKey) }],
    team: team.sealed.map(({ sealed: copy }) => ({ generation: 1, sealed: copy })),
    manifest: toB64(org.manifestBytes),
  }
  const opened = await unlockKeys(me, master.slice())
  const roster = await rosterWith(org, team.commitment)
  return { org, me, named, master, opened, keys: await unlockedBy(opened, roster), roster }
}

/** Returns a roster that lists the epoch and the first generation of the team key. */
async function rosterWith(
  { root, manifestBytes }: Awaited<ReturnType<typeof organisation>>,
  commitment: string,
): Promise<Roster> {
  const roster = await emptyRoster(root.publicKey)
  const head = randomBytes(HASH_BYTES)
  Object.assign(roster, { rows: 1, head, hashes: [head] })
  const named = { openedBy: roster.rootId, row: 1, hasEnded: false }
  const manifest = toB64(manifestBytes)
  roster.epochs.set(EPOCH, { ...named, epoch: EPOCH, manifest, retiredDay: null })
  roster.teams.set(1, { ...named, generation: 1, commitment })
  return roster
}

export type Staffed = Awaited<ReturnType<typeof staffed>>

/** The public keys of an organisation, to which a page seals. */
export interface Published {
  org: Pick<Staffed['org'], 'manifest' | 'hybridKey'>
}

export interface Filed {
  envelope: Bytes
  /** report id, base64url */
  id: string
  receipt: ReceiptKeys
  ownerHash: Bytes
}

/**
 * Seals a report as the public page does, with a return number.
 *
 * @param seal  suite 1, or the sealer that sealsBySuite2 returns
 */
export async function tell(
  { org }: Published,
  plain: Partial<PlainReport> & { text: string },
  header: Partial<ReportHeader> = {},
  seal: SealEnvelope = sealEnvelope,
): Promise<Filed> {
  const receipt = await receiptKeys(makeReceipt())
  const owner = await ownerOf(receipt.lookup)
  const ownerHash = await sha256(owner)
  const writeHash = await sha256(receipt.write)
  const report: PlainReport = {
    v: 1,
    lang: 'ky',
    at: '2026-11-24T21:05Z',
    down: toB64(receipt.down),
    up: toB64(receipt.up),
    owner: toB64(owner),
    ...plain,
  }
  const whole: ReportHeader = {
    headerId: randomBytes(16),
    kind: 1,
    danger: false,
    ownerHash,
    writeHash,
    ...header,
  }
  const envelope = await seal(org.manifest, whole, JSON.stringify(report))
  return { envelope, id: toB64(await reportIdOf(envelope)), receipt, ownerHash }
}

/** Returns a sealer that seals with suite 2 to the organisation's hybrid key. */
export const sealsBySuite2 =
  ({ org }: Published): SealEnvelope =>
  ({ epoch }, ...report) =>
    hybridSealer(sealCekByLibrary)({ epoch, intake: org.hybridKey }, ...report)

/** Seals a follow-up as the `answer` page does. @param n  its number in the visit */
export async function writeAgain(
  { org }: Published,
  { receipt, ownerHash }: Filed,
  plain: Partial<PlainReport> & { text: string },
  { visit, n = 0, up = receipt.up }: { visit?: Bytes; n?: number; up?: Bytes } = {},
  header: Partial<ReportHeader> = {},
): Promise<Filed> {
  const json = JSON.stringify({ v: 1, lang: 'ky', at: '2026-11-24T22:00Z', ...plain })
  const headerId = randomBytes(16)
  const whole: ReportHeader = {
    headerId,
    kind: 4,
    danger: false,
    ownerHash,
    writeHash: await sha256(receipt.write),
    ...header,
  }
  const place = { visit: visit ?? randomBytes(8), n }
  const envelope = await sealEnvelope(org.manifest, whole, json, (commitment) =>
    addReporterMac(up, { headerId, commitment }, place, json),
  )
  return { envelope, id: toB64(await reportIdOf(envelope)), receipt, ownerHash }
}

/**
 * Returns a letter that no key opens, because its wrap is damaged; anybody can send such a letter.
 */
export async function damaged(filed: Filed): Promise<Filed> {
  const envelope = filed.envelope.slice()
  envelope.set(randomBytes(16), envelope.length - 16)
  return { ...filed, envelope, id: toB64(await reportIdOf(envelope)) }
}

/** Returns the edge's response to a request for a report. */
export const openedWith = (reported: Filed, changes: Partial<StoredCase> = {}): StoredCase => ({
  item: {
    id: reported.id,
    kind: 1,
    danger: false,
    day: '2026-11-24',
    grade: 1,
    sealedBy: 'device',
    status: 'new',
    followUps: 0,
    absorbed: 0,
    assignee: null,
    waitsFor: 'us',
    waitsSince: '2026-11-24',
    touchedDay: '2026-11-24',
    acted: false,
    givenBy: null,
    dangerDay: null,
    dueDay: null,
    closeReason: null,
    rows: 0,
    seen: null,
  },
  envelope: toB64(reported.envelope),
  followUps: [],
  ...{
    log: [],
    taken: [],
    caseKeys: [],
    keyRows: [],
    grants: [],
    secrets: [],
    entries: [],
    records: [],
  },
  ...{ mergedInto: null, absorbed: [] },
  answers: [],
  answerable: true,
  ...changes,
})
