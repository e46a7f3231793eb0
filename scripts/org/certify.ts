// Certifies the first member of the staff, whom no colleague can confirm. The offline laptop checks
// the request of the newcomer, compares the digits and writes a certificate that the root signs.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { fromB64, toB64, type Bytes } from '#protocol/bytes'
import { POINT_BYTES } from '#protocol/crypto/hpke-seal'
import { HASH_BYTES } from '#protocol/limits'
import { rowHash } from '#protocol/staff/chain'
import { digitsOf } from '#protocol/staff/digits'
import { b64Of, id } from '#protocol/staff/fields'
import { LedgerRow, type PersonCertify } from '#protocol/staff/ledger'
import type { Certificate } from '#protocol/staff/people'
import { replayLedger } from '#protocol/staff/roster'
import type { Member, Roster } from '#protocol/staff/roster-state'
import { openKeyFile } from '#scripts/org/key-file'
import { keeperCertificate, keeperRow } from '#scripts/org/keeper'
import { rootSigner, type RowSigner } from '#scripts/org/ledger-draft'
import { ledgerFile, readJsonFile, readLedgerFile } from '#scripts/org/ledger-file'
import { readPublicFile } from '#scripts/org/public-file'
import { sealEpochTo } from '#scripts/org/scripted-member'
import { Stop } from '#scripts/shared/progress'
import { signChange } from '#site/staff/crypto/sign-change.ts'

/** The file request.txt, which the staff app writes for a first member who waits. */
const JoinRequest = z.object({
  v: z.literal(1),
  person: id,
  keys: z.object({ signPublic: b64Of(POINT_BYTES), hpkePublic: b64Of(POINT_BYTES) }),
  /** token hash of the invitation */
  invitation: b64Of(HASH_BYTES),
  /** the row `person.join` */
  join: LedgerRow,
})
type JoinRequest = z.infer<typeof JoinRequest>

export interface Questions {
  /** Shows the digits. @returns true when the newcomer read the same digits */
  compareDigits: (digits: string[]) => Promise<boolean>
  /** @returns the passphrase of root.key */
  passphrase: () => Promise<string>
}

/**
 * Writes certificate.json, and adds the rows to ledger.json.
 *
 * @param folder   the folder of the organisation's keys
 * @param request  the path of request.txt
 * @param nowMs    milliseconds since 1970
 * @returns the path of the certificate
 * @throws Stop with a sentence for each refusal; nothing is written then
 */
export async function certifyFirstMember(
  folder: string,
  request: string,
  { compareDigits, passphrase }: Questions,
  nowMs: number,
): Promise<string> {
  const { root, epochs } = readPublicFile(join(folder, 'public.json'))
  const ledgerPath = join(folder, 'ledger.json')
  const asked: JoinRequest = readJsonFile(request, JoinRequest)
  const rows = [...readLedgerFile(ledgerPath), asked.join]
  const roster = await rosterWithJoin(rows, fromB64(root), asked)
  const { member, digits } = await newcomerIn(roster, asked)
  if (!(await compareDigits(digits)))
    throw new Stop(
      'The digits differ: somebody may have changed the keys on the way. Nothing was written.',
    )
  const keys = await openKeyFile(await passphrase(), readFileSync(join(folder, 'root.key'), 'utf8'))
  const { id: person, signPublic, hpkePublic, roles } = member
  const change: PersonCertify = { signPublic, hpkePublic, roles }
  const by = await rootSigner(fromB64(root), keys.root)
  const signed = await signChange(
    by,
    { action: 'person.certify', subject: person, change },
    { prev: toB64(roster.head), nowMs },
  )
  const keeper = await keeperAfter(signed, roster.head, by, member, nowMs)
  const certified = [...rows, signed, ...(keeper ? [keeper] : [])]
  if (!(await replayLedger(certified, fromB64(root))).isWhole)
    throw new Stop('root.key and public.json are of two organisations. Nothing was written.')
  const [first] = epochs
  const isReader = roles.includes('intake') && first !== undefined
  const certificate: Certificate = {
    person,
    signed,
    keeper,
    intake: isReader ? [await sealEpochTo(fromB64(hpkePublic), first.epoch, keys.epochKeys)] : [],
  }
  const path = join(folder, 'certificate.json')
  writeFileSync(path, `${JSON.stringify(certificate, null, 2)}\n`, { mode: 0o600 })
  // The ledger is last, so that a run that was cut short can be repeated.
  writeFileSync(ledgerPath, ledgerFile(certified), { mode: 0o600 })
  return path
}

/** Signs the row that makes a reader a keeper. @returns null for another person */
async function keeperAfter(
  certified: LedgerRow,
  head: Bytes,
  by: RowSigner,
  member: Member,
  nowMs: number,
): Promise<LedgerRow | null> {
  if (!member.roles.includes('intake')) return null
  const { statement, signature } = certified
  const prev = toB64(await rowHash(head, { statement, signature: fromB64(signature) }))
  const change = keeperRow(member.id, await keeperCertificate(by, member, nowMs))
  return signChange(by, change, { prev, nowMs })
}

/** Replays the rows of ledger.json with the row of the newcomer. */
async function rosterWithJoin(
  rows: readonly LedgerRow[],
  root: Bytes,
  { person }: JoinRequest,
): Promise<Roster> {
  const { isWhole, roster } = await replayLedger(rows, root)
  if (isWhole) return roster
  if (roster.rows < rows.length - 1)
    throw new Stop(`ledger.json is broken at row ${roster.rows + 1}. Nothing was written.`)
  if (roster.people.get(person)?.state === 'confirmed')
    throw new Stop('This person is certified already: use the certificate.json that was written.')
  throw new Stop(
    'The request does not follow the rows of ledger.json: it belongs to another organisation, ' +
      'or its invitation is used or too old. Nothing was written.',
  )
}

/** Returns the newcomer and the digits. @throws Stop when the request does not fit */
async function newcomerIn(
  { people, invitations, rootId }: Roster,
  { person, keys, invitation }: JoinRequest,
): Promise<{ member: Member; digits: string[] }> {
  const member = people.get(person)
  const offer = invitations.get(invitation)
  const fits =
    member?.state === 'waiting' &&
    member.signPublic === keys.signPublic &&
    member.hpkePublic === keys.hpkePublic &&
    member.invitation === invitation
  if (!fits || !offer)
    throw new Stop('The request names other keys than its row in the ledger. Nothing was written.')
  if (offer.createdBy !== rootId)
    throw new Stop('A colleague invited this person, so that a colleague confirms this person.')
  return { member, digits: await digitsOf(offer.rowHash, keys) }
}
