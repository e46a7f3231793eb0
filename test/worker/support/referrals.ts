// Makes, confirms and marks referrals for a test. Sealed parts consist of random bytes, because the
// edge opens nothing.
import { fromB64, sha256, toB64 } from '#protocol/bytes'
import { SEALED_FILE_LENGTHS } from '#protocol/staff/case-log/bodies'
import { ChainHead } from '#protocol/staff/chain'
import { changeAs, openedBy } from './casework.ts'
import { asStaff, getAs, noise, type Person } from './staff.ts'

const [SHORTEST = 0] = SEALED_FILE_LENGTHS

/** The follow-ups and absorbed reports that the author has read: none. */
const READ = { followUps: 0, absorbed: 0 }

/** A reference to a referral, in the form that log rows contain. */
export interface MadeReferral {
  row: number
  hash: string
  caseId?: string
}

/** Stores the sealed file of a referral. @returns its hash */
export async function fileAs(who: Person, id: string, bytes = fromB64(noise(SHORTEST))) {
  const hash = toB64(await sha256(bytes))
  await asStaff(`reports/${id}/referral-files/${hash}`, 'PUT', bytes, who.cookie)
  return hash
}

async function entryAs(
  who: Person,
  action: 'referral.make' | 'referral.confirm' | 'referral.mark',
  id: string,
  change: object,
): Promise<Response> {
  const sealed = noise(540)
  const entryHash = toB64(await sha256(fromB64(sealed)))
  return changeAs(who, action, id, { keyNo: 1, ...READ, entryHash, ...change }, { sealed })
}

export const makeAs = async (who: Person, id: string, change: object = {}): Promise<Response> =>
  entryAs(who, 'referral.make', id, {
    ...{ fileHash: await fileAs(who, id), second: 'before' },
    ...change,
  })

/** Makes a referral. @returns a reference to its row, as later rows contain it */
export async function referralAs(
  who: Person,
  id: string,
  change: object = {},
): Promise<MadeReferral> {
  await makeAs(who, id, change)
  const { head: hash } = ChainHead.parse(await (await getAs(who, `reports/${id}/head`)).json())
  return { row: (await openedBy(who, id)).log.length, hash }
}

export const confirmAs = (
  who: Person,
  id: string,
  of: MadeReferral,
  change: object = {},
): Promise<Response> => entryAs(who, 'referral.confirm', id, { of, ...change })

export const markAs = (
  who: Person,
  id: string,
  of: MadeReferral,
  [from, to]: readonly [string, string],
  change: object = to === 'sent' ? { expectedDay: null } : {},
): Promise<Response> => entryAs(who, 'referral.mark', id, { of, from, to, ...change })
