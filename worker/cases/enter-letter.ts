// Stores a letter that a colleague wrote down for a person who telephoned or came to the door. The
// colleague's device seals the letter just as a reporter's device would. The first row of the
// letter's case log records who entered the letter.
import { toB64 } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { CHECKED_GRADE } from '#protocol/limits'
import { KIND, readEnvelope, reportIdOf } from '#protocol/report/envelope'
import { contentHashOf } from '#protocol/report/letter-content'
import type { NewLetter } from '#protocol/staff/case-log/bodies'
import { dayOf } from '#protocol/time'
import type { StaffDeps } from '#worker/deps'
import { requireRole } from '#worker/auth/require-role'
import { requireOpenEpoch } from '#worker/keys/require-open-epoch'
import { readSignedChange, signerOf } from '#worker/ledger/signed-change'
import { parseB64 } from '#worker/parse'
import { findEpochs } from '#worker/store/ledger/epochs'
import { insertEntered, isStored, type ArrivedReport } from '#worker/store/reports/reports'

/**
 * Stores a letter once. Sending the letter again changes nothing.
 *
 * @throws Refusal `not_allowed`, `malformed`, `signature_refused`. Also throws the codes from
 *   readEnvelope and requireOpenEpoch. `envelope_kind` for a follow-up, which needs a write token
 *   to join its thread
 */
export async function enterLetter(deps: StaffDeps, letter: NewLetter): Promise<void> {
  requireRole(deps.actor, 'intake')
  const bytes = parseB64(letter.envelope)
  const envelope = readEnvelope(bytes)
  if (envelope.kind === KIND.followUp) throw new Refusal('envelope_kind')
  const id = await reportIdOf(bytes)
  const { change, entry } = await readSignedChange(signerOf(deps), letter.signed, {
    action: 'letter.enter',
    subject: toB64(id),
  })
  if (change.contentHash !== toB64(await contentHashOf(bytes))) throw new Refusal('malformed')
  if (await isStored(deps.db, id)) return
  const now = deps.now()
  const epoch = (await findEpochs(deps.db, [envelope.epoch])).get(envelope.epoch) ?? null
  await requireOpenEpoch(epoch, envelope, now)
  const { kind, danger, headerId, ownerHash, writeHash } = envelope
  const report: ArrivedReport = {
    ...{ id, kind, danger, headerId, ownerHash, writeHash, envelope: bytes },
    epoch: envelope.epoch,
    // A colleague vouches for the letter. The letter therefore gets the grade of a report whose
    // sender passed a check.
    grade: CHECKED_GRADE,
    sealedBy: 'device',
    receivedDay: dayOf(now),
  }
  if (await insertEntered(deps.db, report, entry)) deps.arrived(danger, id)
}
