// Lists the routes of the signed actions on a case, as the table of actions defines them.
import { fromB64, randomBytes, sha256, toB64 } from '#protocol/bytes'
import { contentHashOf } from '#protocol/report/letter-content'
import {
  ALL_ACTIONS,
  isCaseAction,
  isSent,
  rowOfAction,
  type BodyOf,
  type CaseAction,
  type SentAction,
} from '#protocol/staff/actions'
import { ChainHead, type SignedChange } from '#protocol/staff/chain'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { CASE_SAMPLES } from '#test/protocol/support/case-samples.ts'
import { sendSigned } from '../casework.ts'
import { deps } from '../edge.ts'
import { getAs, noise, signed, type Person } from '../staff.ts'
import { owned } from './objects.ts'
import { actionRow, type Row } from './row.ts'
import { heldReportOf, newReport, reportOf, theWorld } from './world.ts'

/**
 * An action whose address contains the case id. `letter.enter` is left out, because it creates the
 * case.
 */
type OfCase = Exclude<CaseAction & SentAction, 'letter.enter'>

/** 15 bytes: too short for an id, but valid as the subject of a signed change. */
const FIFTEEN_BYTES = 'A'.repeat(20)

/** Signs a sample that contains the hash of the sealed bytes sent with it. */
async function withBytes(
  who: Person,
  [action, id]: [OfCase, string],
  named: 'entryHash' | 'recordHash' | 'sealedHash',
  length = 540,
): Promise<{ signed: SignedChange; sealed: string }> {
  const bytes = randomBytes(length)
  const change = { ...CASE_SAMPLES[action](), [named]: toB64(await sha256(bytes)) }
  return { signed: await signed(who, action, id, change), sealed: toB64(bytes) }
}

async function takingOf(who: Person, id: string): Promise<BodyOf<'letters.take'>> {
  const answer = await getAs(theWorld().colleague, `reports/${id}`)
  const contentHash = answer.ok
    ? toB64(await contentHashOf(fromB64(StoredCase.parse(await answer.json()).envelope)))
    : noise(32)
  const change = { keyNo: 1, letters: [{ id: answer.ok ? id : noise(16), contentHash }] }
  return { signed: await signed(who, 'letters.take', id, change), sealed: [noise(60)] }
}

/** Returns the head of a log; the head of a log without rows is zeros. */
async function headOf(id: string): Promise<string> {
  const answer = await getAs(theWorld().colleague, `reports/${id}/head`)
  return answer.ok ? ChainHead.parse(await answer.json()).head : noise(32)
}

/** Signs a referral whose file the edge stores. */
async function referralOf(who: Person, id: string) {
  const change = CASE_SAMPLES['referral.make']()
  await deps.bucket.put(`referrals/${id}/${change.fileHash}`, randomBytes(9))
  const bytes = randomBytes(540)
  const made = { ...change, entryHash: toB64(await sha256(bytes)) }
  return { signed: await signed(who, 'referral.make', id, made), sealed: toB64(bytes) }
}

/** Signs a change to a referral that a colleague makes first, if the case exists. */
async function ofReferral(
  who: Person,
  [action, id]: ['referral.confirm' | 'referral.mark', string],
): Promise<{ signed: SignedChange; sealed: string }> {
  const { colleague, people } = theWorld()
  const maker = who === colleague ? people.both : colleague
  await sendSigned(maker, 'referral.make', id, await referralOf(maker, id))
  const bytes = randomBytes(540)
  const { n, hash } = await lastRow(id)
  const change = {
    ...CASE_SAMPLES[action](),
    ...{ entryHash: toB64(await sha256(bytes)), of: { row: n, hash } },
  }
  return { signed: await signed(who, action, id, change), sealed: toB64(bytes) }
}

/** Returns the number and hash of the last row in a log; noise for a log without rows. */
async function lastRow(id: string): Promise<{ n: number; hash: string }> {
  const answer = await getAs(theWorld().colleague, `reports/${id}`)
  const n = answer.ok ? StoredCase.parse(await answer.json()).log.length : 1
  return { n, hash: await headOf(id) }
}

/** The bodies of the actions that contain more than the signed change. */
const BODIES: {
  readonly [Of in OfCase as BodyOf<Of> extends SignedChange ? never : Of]: (
    who: Person,
    id: string,
  ) => Promise<BodyOf<Of>>
} = {
  'key.make': async (who, id) => ({
    signed: await signed(who, 'key.make', id, CASE_SAMPLES['key.make']()),
    sealed: noise(88),
    secret: toB64(new Uint8Array(32)),
  }),
  'letters.take': takingOf,
  'entry.add': (who, id) => withBytes(who, ['entry.add', id], 'entryHash'),
  'record.set': (who, id) => withBytes(who, ['record.set', id], 'recordHash'),
  'answer.send': (who, id) => withBytes(who, ['answer.send', id], 'sealedHash', 4096),
  'danger.set': (who, id) => withBytes(who, ['danger.set', id], 'entryHash'),
  'referral.make': async (who, id) => referralOf(who, id),
  'referral.confirm': (who, id) => ofReferral(who, ['referral.confirm', id]),
  'referral.mark': (who, id) => ofReferral(who, ['referral.mark', id]),
  'case.assign': async (who, id) => {
    const change = { ...CASE_SAMPLES['case.assign'](), to: theWorld().colleague.id }
    return { signed: await signed(who, 'case.assign', id, change), grants: [] }
  },
  'case.merge': async (who, id) => {
    const into = await newReport()
    const absorbed = { from: id, head: await headOf(id), also: [] }
    return {
      merged: await signed(who, 'case.merge', id, { into }),
      absorbed: await signed(who, 'case.absorb', into, absorbed),
      grants: [],
    }
  },
}

const bodyOf = (action: OfCase): NonNullable<Row['body']> =>
  action in BODIES
    ? BODIES[action as keyof typeof BODIES]
    : (who, id) => signed(who, action, id, CASE_SAMPLES[action]())

const caseOf = (action: OfCase): Row['object'] =>
  owned(
    'a case',
    action === 'case.return' ? heldReportOf : reportOf,
    {
      own: rowOfAction(action).answer === 'made' ? 201 : 204,
      // Only the person who has a case can give it back.
      ...(action === 'case.return' && { other: [409, 'assignee_changed'] as const }),
      missing: [404, 'not_found'],
      // The `case.absorb` row beside a merge also contains the id, and its schema refuses a short
      // id.
      malformed: action === 'case.merge' ? [400, 'malformed'] : [404, 'not_found'],
    },
    { malformed: FIFTEEN_BYTES },
  )

const isOfCase = (action: SentAction): action is OfCase =>
  isCaseAction(action) && action !== 'letter.enter'

export const CASE_ACTION_ROWS: readonly Row[] = ALL_ACTIONS.filter(isSent)
  .filter(isOfCase)
  .map((action) => actionRow(action, { body: bodyOf(action), object: caseOf(action) }))
