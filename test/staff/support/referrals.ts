// Makes test referrals for a case in progress, using the functions of the staff app.
import { toB64, utf8 } from '#protocol/bytes'
import type { ReferralConsent, ReferralEntry } from '#protocol/staff/case-log/referral'
import { minuteOf } from '#protocol/time'
import { loadReferrals } from '#site/staff/case/read/load-referrals.ts'
import { type Referral } from '#site/staff/case/read/referrals-of.ts'
import { sendReferral, type ReferralDraft } from '#site/staff/case/write/send-referral.ts'
import { recordConsent } from '#site/staff/crypto/record-consent.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { type WorkedCase } from './worked-case.ts'

export const SHELTER = { listed: null, name: 'Баш калка', kind: 'organisation' } as const
export const POLICE = { listed: null, name: 'Милиция', kind: 'authority' } as const
export const PAGE = utf8('<p>exactly the bytes that leave</p>')
export const DIGITS = '482910573846201957364820'
const now = (): string => minuteOf(Date.now())

/** No two referrals share a consent, even within one minute. */
let texts = 0

/** A consent that a colleague heard after the text had been read aloud. */
export const consented = (
  by: CaseWriter,
  rest: Partial<Omit<ReferralConsent, 'text'>> = {},
): Promise<ReferralConsent> =>
  recordConsent(
    {
      ...({ by: 'person', parent: null, how: 'call' } as const),
      ...{ heardBy: by.keys.personId, heardAt: now(), ...rest },
    },
    { lang: 'ky', text: `Биз сиздин айтканыңызды ${SHELTER.name} уюмуна өткөрөбүз. ${++texts}` },
    SHELTER,
  )

export const informed = { is: 'told', at: '2026-11-01T10:00Z' } as const
export const LIFE = { kind: 'life', ground: null, told: informed } as const
export const CARE = {
  ...({ carer: 'апасы', isCarerSafe: 'unknown', mayCarerKnow: false } as const),
  ...{ wants: 'үйгө кайтуу', ticked: [] },
}

/** A referral of an adult with consent. */
export const draftFor = async (
  by: CaseWriter,
  rest: Partial<ReferralDraft> = {},
): Promise<ReferralDraft> => ({
  ...({ v: 1, kind: 'referral', at: now(), text: '', receiver: SHELTER, person: null } as const),
  ...({ isUnder18: 'no', fields: ['name', 'place'], others: [], answerBy: '2026-12-24' } as const),
  basis: rest.basis ?? { kind: 'consent', consent: await consented(by) },
  file: { way: 'page', number: '48217730', digits: DIGITS },
  ...rest,
})

/** The same referral as an entry with an invented file, for rules that read only the words. */
export const entryFor = async (
  by: CaseWriter,
  rest: Partial<ReferralDraft> = {},
): Promise<ReferralEntry> => {
  const { file, ...draft } = await draftFor(by, rest)
  return { ...draft, file: { ...file, hash: toB64(new Uint8Array(32)), keyNo: 1, size: 1 } }
}

export const referralsIn = async (
  work: WorkedCase,
  by: CaseWriter,
  at = Date.now(),
): Promise<Referral[]> => loadReferrals(by.roster, await work.load(by), at)

/** Makes a referral. @returns the referral as the log contains it */
export async function refer(
  work: WorkedCase,
  by: CaseWriter,
  rest: Partial<ReferralDraft> = {},
): Promise<Referral> {
  await sendReferral(by, await work.load(by), await draftFor(by, rest), PAGE)
  const made = (await referralsIn(work, by)).at(-1)
  if (!made) throw new Error('the referral is missing')
  return made
}
