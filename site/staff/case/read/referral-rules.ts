// Decides what a referral must say before a colleague signs it. The edge cannot open the entry. So
// the app asks before it seals an entry, and every browser asks again when it opens one.
import {
  CHILD_FIELDS,
  LIFE_FIELDS,
  type ReferralConsent,
  type ReferralEntry,
} from '#protocol/staff/case-log/referral'
import type { ReferralNeed } from '#protocol/staff/case-log/referral-fields'
import { DAY_MS } from '#protocol/limits'
import { type PERSON_ROLES } from '../../crypto/case-record.ts'
import { type PersonPlace } from '../../crypto/case-entry.ts'

/** Days after which a consent that led to nothing is asked for again. */
const CONSENT_DAYS = 30

/**
 * - `child_questions`: asked for every person under 18, and for nobody else
 * - `parent`: a parent consents only for a child, and stands in the case in no other role
 * - `consent_time`: a consent is not from the future, and not older than CONSENT_DAYS
 * - `consent_used`: another referral has this consent already
 * - `others`: each other person leaves once, and nobody leaves when a life is in danger now
 * - `least`: only the least leaves when a life is in danger now
 * - `authority`: only an office of the state gets this
 * - `ticked`: a photograph, school or village of a child was ticked by itself
 * - `carer`: nobody tells a carer who is not known to be safe
 * - `ground`: one of the lawyer's list; none only while the list is empty
 * - `adult`: a child in danger is under 18
 * - `told_time`: the person was not told in the future
 * - `receiver`: the ledger has, or had, the receiver of the list with this record
 */
export type ReferralRule =
  | 'child_questions'
  | 'parent'
  | 'consent_time'
  | 'consent_used'
  | 'others'
  | 'least'
  | 'authority'
  | 'ticked'
  | 'carer'
  | 'ground'
  | 'adult'
  | 'told_time'
  | 'receiver'

export type PersonRole = (typeof PERSON_ROLES)[number]

type ListedPlace = NonNullable<ReferralEntry['receiver']['listed']>

/** The facts of the case beside the entry. */
export interface ReferralFacts {
  /** the role of a person of the case; null when no record says it */
  roleOf: (person: PersonPlace) => PersonRole | null
  /** keys of the lawyer's grounds; null when the referral was signed under an earlier list */
  grounds: readonly string[] | null
  /** consents of earlier referrals of the case, by consentName */
  used: ReadonlySet<string>
  /** true for a record of a listed receiver that may be, or might have been, referred to */
  isListed: (listed: ListedPlace) => boolean
}

/** True when only the least leaves, and the second colleague may sign afterwards. */
const isLifeNow = ({ basis }: Pick<ReferralEntry, 'basis'>): boolean =>
  basis.kind === 'life' || (basis.kind === 'child' && basis.isLifeNow)

/**
 * Returns whose signatures a referral needs. A person of unknown age counts as a child here.
 * A second colleague costs an hour. A mistake about a child cannot be taken back.
 */
export function needOf(entry: Pick<ReferralEntry, 'basis' | 'isUnder18'>): ReferralNeed {
  if (isLifeNow(entry)) return 'after'
  return entry.basis.kind === 'consent' && entry.isUnder18 === 'no' ? 'none' : 'before'
}

/** Names a consent, so that it counts for one referral only. */
export const consentName = ({ heardAt, heardBy, text }: ReferralConsent): string =>
  `${heardAt} ${heardBy} ${text.hash}`

export const consentsIn = ({ basis, others }: ReferralEntry): ReferralConsent[] => [
  ...(basis.kind === 'consent' ? [basis.consent] : []),
  ...others.map(({ consent }) => consent),
]

/** True while a consent may still lead to something. @param at  UTC minute */
export const isConsentFresh = ({ heardAt }: ReferralConsent, at: string): boolean =>
  Date.parse(at) <= Date.parse(heardAt) + CONSENT_DAYS * DAY_MS

/** Returns the minute after which a consent is asked for again. */
export const consentEnds = ({ heardAt }: ReferralConsent): string =>
  `${new Date(Date.parse(heardAt) + CONSENT_DAYS * DAY_MS).toISOString().slice(0, 16)}Z`

/** Lists the rules that an entry breaks; none for one that may be signed. */
export function brokenRules(entry: ReferralEntry, facts: ReferralFacts): ReferralRule[] {
  const { basis, child, fields, others, person, receiver } = entry
  const [consents, isChild] = [consentsIn(entry), entry.isUnder18 === 'yes']
  const places = [...others.map((each) => each.person), ...(person ? [person] : [])]
  const holds: Record<ReferralRule, boolean> = {
    child_questions: isChild === (child !== undefined),
    parent: consents.every((each) => isOfParent(each, isChild, facts)),
    consent_time: consents.every(
      (each) => each.heardAt <= entry.at && isConsentFresh(each, entry.at),
    ),
    consent_used: !consents.some((each) => facts.used.has(consentName(each))),
    others: isDistinct(places) && !(isLifeNow(entry) && others.length > 0),
    least: !isLifeNow(entry) || fields.every((each) => isIn(LIFE_FIELDS, each)),
    authority:
      receiver.kind === 'authority' || (basis.kind !== 'order' && !fields.includes('recruiter')),
    ticked: fields.every(
      (each) => !child || !isIn(CHILD_FIELDS, each) || child.ticked.includes(each),
    ),
    carer: !child?.mayCarerKnow || child.isCarerSafe === 'yes',
    ground: basis.kind === 'consent' || isGround(basis.ground, facts.grounds),
    adult: basis.kind !== 'child' || isChild,
    told_time:
      basis.kind === 'consent' || basis.told.is === 'not_told' || basis.told.at <= entry.at,
    receiver: receiver.listed === null || facts.isListed(receiver.listed),
  }
  return Object.entries(holds).flatMap(([rule, is]) => (is ? [] : [rule as ReferralRule]))
}

const isIn = (some: readonly string[], one: string): boolean => some.includes(one)

const isDistinct = (places: readonly PersonPlace[]): boolean =>
  new Set(places.map(({ caseId, record }) => `${caseId} ${record}`)).size === places.length

/** A suspect who is also the mother does not speak for the child. */
const isOfParent = (
  { by, parent }: ReferralConsent,
  isChild: boolean,
  { roleOf }: ReferralFacts,
): boolean =>
  by === 'person' ? parent === null : isChild && parent !== null && roleOf(parent) === 'relative'

const isGround = (ground: string | null, grounds: readonly string[] | null): boolean =>
  grounds === null || (ground === null ? grounds.length === 0 : grounds.includes(ground))
