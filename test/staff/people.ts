// A person of the staff for tests: made as the app makes one, with the intake key of a test organisation in hand.
import { concat, fromB64, randomBytes, sha256, toB64, u32, utf8, type Bytes } from '#protocol/bytes'
import { sealEnvelope, type OpenPart } from '#protocol/envelope'
import { hpkeSeal } from '#protocol/hpke-sender'
import { INTAKE_LABEL } from '#protocol/invitation'
import { makeReceipt, receiptKeys, type ReceiptKeys } from '#protocol/receipt'
import { type PlainReport } from '#protocol/report'
import { type Me, type OpenedReport } from '#protocol/staff'
import { makeKeys } from '#site/staff/keys/make-keys.ts'
import { unlockKeys } from '#site/staff/keys/unlock.ts'
import { organisation } from '#test/protocol/organisation.ts'

const EPOCH = 1

export async function staffed() {
  const org = await organisation(Date.now())
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', org.intake.privateKey))
  const { keys, master } = await makeKeys()
  const info = concat(utf8(INTAKE_LABEL), u32(EPOCH))
  const none = new Uint8Array(0)
  const sealed = await hpkeSeal(fromB64(keys.hpkePublic), info, none, pkcs8)
  const me: Me = {
    id: toB64(randomBytes(16)),
    name: 'Айгүл',
    roles: ['admin', 'intake'],
    keys,
    slots: [],
    intake: [{ epoch: EPOCH, sealed: toB64(sealed) }],
    manifest: toB64(org.manifestBytes),
  }
  const unlocked = await unlockKeys(me, master.slice())
  return { org, me, master, keys: unlocked }
}

export type Staffed = Awaited<ReturnType<typeof staffed>>

export interface Told {
  envelope: Bytes
  receipt: ReceiptKeys
  lookupHash: Bytes
}

/** A report as the public page seals it, with a return number. */
export async function tell(
  { org }: Pick<Staffed, 'org'>,
  plain: Partial<PlainReport> & { text: string },
  open: Partial<OpenPart> = {},
): Promise<Told> {
  const receipt = await receiptKeys(makeReceipt())
  const lookupHash = await sha256(receipt.lookup)
  const writeHash = await sha256(receipt.write)
  const report: PlainReport = {
    v: 1,
    lang: 'ky',
    at: '2026-11-24T21:05Z',
    down: toB64(receipt.down),
    up: toB64(receipt.up),
    ...plain,
  }
  const outside: OpenPart = { kind: 1, danger: false, lookupHash, writeHash, ...open }
  const envelope = await sealEnvelope(org.manifest, outside, JSON.stringify(report))
  return { envelope, receipt, lookupHash }
}

/** The id in an envelope's header, as the edge lists it. */
export const idOf = ({ envelope }: Told): string => toB64(envelope.slice(8, 24))

/** What the edge answers for a report. */
export const openedWith = (told: Told, changes: Partial<OpenedReport> = {}): OpenedReport => ({
  item: {
    id: idOf(told),
    kind: 1,
    danger: false,
    day: '2026-11-24',
    lane: 'A',
    sealedBy: 'device',
    status: 'new',
    followUps: 0,
  },
  envelope: toB64(told.envelope),
  followUps: [],
  caseFile: null,
  answers: [],
  answerable: true,
  ...changes,
})
