// Checks the content of a referral before a colleague signs it. The edge cannot open the entry. So
// the app checks an entry before sealing it, and every browser checks it again after opening it.
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

/** A consent expires this many days after the person gave it. */
const CONSENT_DAYS = 30

/**
 * - `child_questions`: answered for every person under 18, and for nobody else
 * - `parent`: a parent consents only for a child, and has no other role in the case
 * - `consent_time`: a consent is neither in the future nor older than CONSENT_DAYS
 * - `consent_used`: another referral already uses this consent
 * - `others`: each other person is included once, but no other person is included when a life is in
 * danger now
 * - `least`: only the minimum is sent when a life is in danger now
 * - `authority`: only a state authority may receive this
 * - `ticked`: a child's photograph, school or village was ticked separately
 * - `carer`: a carer who is not known to be safe must not be informed
 * - `ground`: a ground from the lawyer's list, or none while the list is empty
 * - `adult`: a child in danger must be under 18
 * - `told_time`: the time when the person was told is not in the future
 * - `receiver`: the ledger contains, or once contained, this receiver with this record
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

/** The facts of the case that the entry does not contain. */
export interface ReferralFacts {
  /** the role of a person in the case; null when no record contains it */
  roleOf: (person: PersonPlace) => PersonRole | null
  /** keys of the lawyer's grounds; null when the referral was signed under an earlier list */
  grounds: readonly string[] | null
  /** consents used in earlier referrals of the case, by consentName */
  used: ReadonlySet<string>
  /** true for the current or a former record of a listed receiver, to which a referral may refer */
  isListed: (listed: ListedPlace) => boolean
}

/** Returns true when only the minimum is sent, and the second colleague may sign afterwards. */
const isLifeNow = ({ basis }: Pick<ReferralEntry, 'basis'>): boolean =>
  basis.kind === 'life' || (basis.kind === 'child' && basis.isLifeNow)

/**
 * Returns whether a referral requires a second signature, and whether before or after the referral
 * is sent. A person of unknown age is treated as a child here. Waiting for a second colleague costs
 * an hour, but a mistake about a child cannot be undone.
 */
export function needOf(entry: Pick<ReferralEntry, 'basis' | 'isUnder18'>): ReferralNeed {
  if (isLifeNow(entry)) return 'after'
  return entry.basis.kind === 'consent' && entry.isUnder18 === 'no' ? 'none' : 'before'
}

/** Returns a name for a consent, so that the consent counts for only one referral. */
export const consentName = ({ heardAt, heardBy, text }: ReferralConsent): string =>
  `${heardAt} ${heardBy} ${text.hash}`

export const consentsIn = ({ basis, others }: ReferralEntry): ReferralConsent[] => [
  ...(basis.kind === 'consent' ? [basis.consent] : []),
  ...others.map(({ consent }) => consent),
]

/** True while a consent may still lead to something. @param at  UTC minute */
export const isConsentFresh = ({ heardAt }: ReferralConsent, at: string): boolean =>
  Date.parse(at) <= Date.parse(heardAt) + CONSENT_DAYS * DAY_MS

/** Returns the minute at which a consent expires. */
export const consentEnds = ({ heardAt }: ReferralConsent): string =>
  `${new Date(Date.parse(heardAt) + CONSENT_DAYS * DAY_MS).toISOString().slice(0, 16)}Z`

/** Lists the rules that an entry breaks; the list is empty for an entry that may be signed. */
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

/** A mother who is also a suspect cannot consent for the child. */
const isOfParent = (
  { by, parent }: ReferralConsent,
  isChild: boolean,
  { roleOf }: ReferralFacts,
): boolean =>
  by === 'person' ? parent === null : isChild && parent !== null && roleOf(parent) === 'relative'

const isGround = (ground: string | null, grounds: readonly string[] | null): boolean =>
  grounds === null || (ground === null ? grounds.length === 0 : grounds.includes(ground))
