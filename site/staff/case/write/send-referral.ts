// Makes a referral, adds its second signature, and records its later states. Nobody can sign while
// there are letters that they have not read.
import { sha256, toB64, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import type { ReferralConfirm, ReferralMake, ReferralMark } from '#protocol/staff/case-log/changes'
import type { ReferralEntry, ReferralMarkEntry } from '#protocol/staff/case-log/referral'
import {
  faultOfConfirm,
  faultOfMark,
  type SignedReferral,
} from '#protocol/staff/case-log/referral-state'
import type { CaseLog } from '#protocol/staff/case-log/state'
import { dayOf, minuteOf } from '#protocol/time'
import { sendReferralFile } from '../../api/receivers-api.ts'
import { sendAction } from '../../api/send-action.ts'
import type { OpenCaseKey } from '../../crypto/open-case-key.ts'
import { sealReferralFile, type SealedReferralFile } from '../../crypto/referral-file.ts'
import type { CaseWriter } from '../../session/case-writer.ts'
import { GROUNDS } from '../read/grounds.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { isHeldForChild } from '../read/child-since.ts'
import { isKnownChild } from '../read/minor-of.ts'
import { loadReferrals, roleOf } from '../read/load-referrals.ts'
import {
  brokenRules,
  consentName,
  consentsIn,
  isConsentFresh,
  needOf,
  type ReferralFacts,
} from '../read/referral-rules.ts'
import { type Referral } from '../read/referrals-of.ts'
import { lettersReadIn, requireAllRead, requireLettersRead } from './require-read.ts'
import { sendEntry } from './send-entry.ts'

/** A referral whose file is not sealed yet. */
export type ReferralDraft = Omit<ReferralEntry, 'file'> & {
  file: Pick<ReferralEntry['file'], 'way' | 'number' | 'digits'>
}

/**
 * Makes a referral and stores the exact bytes that are handed over. Repeating the request after a
 * lost response does not store a second referral.
 *
 * @param content  exactly the bytes that are handed over
 * @returns the key that identifies the entry in the view
 * @throws Refusal `malformed` for an entry that breaks a rule. `file_empty`, `file_too_large` or
 *   `text_too_long` before anything is signed. `report_grew`. `record_changed` for records that
 *   differ from those in the log. Otherwise the codes of writeIn.
 */
export async function sendReferral(
  by: CaseWriter,
  loaded: LoadedReport,
  draft: ReferralDraft,
  content: Bytes,
): Promise<string> {
  const subject = loaded.item.id
  const file = { ...draft.file, keyNo: 1, size: content.length }
  // The content has the same hash on each attempt, whereas the sealed bytes differ.
  const entry: ReferralEntry = { ...draft, file: { ...file, hash: toB64(await sha256(content)) } }
  await requireRules(by, loaded, entry)
  const read = lettersReadIn(loaded)
  let kept: (SealedReferralFile & { keyNo: number }) | null = null
  const complete = async (key: OpenCaseKey): Promise<ReferralEntry> => {
    if (kept?.keyNo !== key.keyNo) {
      const made = await sealReferralFile(key, content)
      await sendReferralFile(subject, made.hash, made.sealed)
      kept = { ...made, keyNo: key.keyNo }
    }
    return { ...entry, file: { ...file, hash: kept.hash, keyNo: key.keyNo } }
  }
  return sendEntry(by, loaded.sealed, entry, {
    complete,
    rowFor: async (made, now, log) => {
      await requireAllRead(by, loaded, now, log)
      const fileHash = kept?.hash ?? ''
      const change: ReferralMake = { ...made, ...read, fileHash, second: needOf(entry) }
      return { action: 'referral.make', subject, change }
    },
    send: (body) => sendAction('referral.make', body, subject),
  })
}

async function requireRules(
  by: CaseWriter,
  loaded: LoadedReport,
  entry: ReferralEntry,
): Promise<void> {
  const before = await loadReferrals(by.roster, loaded, Date.now())
  const used = new Set(
    before.flatMap((each) => (each.entry ? consentsIn(each.entry).map(consentName) : [])),
  )
  const facts: ReferralFacts = {
    ...{ roleOf: roleOf.bind(null, loaded), grounds: GROUNDS.map(({ id }) => id), used },
    isListed: ({ id, recordHash }) => by.roster.receivers.get(id)?.recordHash === recordHash,
  }
  const hidesChild = entry.isUnder18 !== 'yes' && isKnownChild(loaded, entry.person)
  if (hidesChild || brokenRules(entry, facts).length > 0) throw new Refusal('malformed')
}

/**
 * Adds the second signature, by a colleague who has read the entry and the file.
 *
 * @returns the key that identifies the entry in the view
 * @throws Refusal `not_allowed` for the colleague who made the referral. `cannot_open` for a
 *   referral that this browser shows in red. `malformed` if the referral was signed before the case
 *   stated that the person is under 18. `record_changed` when a colleague acted first.
 *   `report_grew`.
 */
export async function sendSecond(
  by: CaseWriter,
  loaded: LoadedReport,
  referral: Referral,
  text: string,
): Promise<string> {
  const { signed, entryHash, doubts } = referral
  const { personId } = by.keys
  if (signed.actor === personId) throw new Refusal('not_allowed')
  if (doubts.length > 0) throw new Refusal('cannot_open')
  if (isHeldForChild(loaded, referral)) throw new Refusal('malformed')
  const [subject, read, of] = [loaded.item.id, lettersReadIn(loaded), placeOf(signed, loaded)]
  const at = minuteOf(Date.now())
  const entry = { v: 1, kind: 'referral_second', at, text, of: entryHash } as const
  return sendEntry(by, loaded.sealed, entry, {
    rowFor: async (made, now, log) => {
      await requireAllRead(by, loaded, now, log)
      if (faultOfConfirm(nowIn(log, signed), personId) !== null) throw new Refusal('record_changed')
      const change: ReferralConfirm = { ...made, ...read, of }
      return { action: 'referral.confirm', subject, change }
    },
    send: (body) => sendAction('referral.confirm', body, subject),
  })
}

/** The next state of a referral, with the words recorded for it. */
export type ReferralStepWords = Pick<
  ReferralMarkEntry,
  'to' | 'expectedDay' | 'text' | 'told' | 'receiver'
>

/**
 * Records the next state of a referral.
 *
 * @returns the key that identifies the entry in the view
 * @throws Refusal `malformed` without the words that the state needs. `malformed` for sending a
 *   referral that was signed before the case stated that the person is under 18. `cannot_open` for
 *   sending a referral that this browser shows in red. `not_allowed` for sending on the basis of a
 *   consent that is too old. `record_changed` when the state cannot follow the current one, for
 *   example because a colleague acted first. `report_grew`. Otherwise the codes of writeIn.
 */
export async function sendMark(
  by: CaseWriter,
  loaded: LoadedReport,
  referral: Referral,
  words: ReferralStepWords,
): Promise<string> {
  const { signed, entry: made, entryHash, doubts } = referral
  const [subject, read, of] = [loaded.item.id, lettersReadIn(loaded), placeOf(signed, loaded)]
  const [at, from, { to }] = [minuteOf(Date.now()), signed.state, words]
  if ((to === 'told') !== (words.receiver !== undefined)) throw new Refusal('malformed')
  const leaves = from === 'made' && to === 'sent'
  if (leaves && (!made || doubts.length > 0)) throw new Refusal('cannot_open')
  if (leaves && isHeldForChild(loaded, referral)) throw new Refusal('malformed')
  if (leaves && made && !consentsIn(made).every((each) => isConsentFresh(each, at)))
    throw new Refusal('not_allowed')
  const entry = { v: 1, kind: 'referral_mark', at, of: entryHash, from, ...words } as const
  const expected = words.expectedDay === undefined ? {} : { expectedDay: words.expectedDay }
  const step = { from, to, ...expected }
  return sendEntry(by, loaded.sealed, entry, {
    rowFor: async (sealed, now, log) => {
      if (leaves) await requireAllRead(by, loaded, now, log)
      else requireLettersRead(loaded, now)
      if (faultOfMark(nowIn(log, signed), step, dayOf(Date.now())) !== null)
        throw new Refusal('record_changed')
      const change: ReferralMark = { ...sealed, ...read, of, ...step }
      return { action: 'referral.mark', subject, change }
    },
    send: (body) => sendAction('referral.mark', body, subject),
  })
}

/** Returns a reference to the row of a referral, which may be in the log of an absorbed case. */
function placeOf({ caseId, n, hash }: SignedReferral, { item }: LoadedReport) {
  if (hash === null) throw new Refusal('cannot_open')
  return { row: n, hash, ...(caseId !== item.id && { caseId }) }
}

/**
 * Returns the referral's state in the current log. For an absorbed case, returns the state that the
 * author has loaded.
 */
const nowIn = (log: CaseLog, signed: SignedReferral): SignedReferral =>
  [...log.referrals.values()].find(({ hash }) => hash === signed.hash) ?? signed
