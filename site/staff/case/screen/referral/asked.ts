// Holds the answers in the referral form as one draft. The draft survives a refusal, a visit to
// another case, and a lock. The draft also contains the answer to the text read aloud, so that
// nobody hears the text twice.
import * as z from 'zod/mini'
import { localDayOf } from '#content/clock.ts'
import { languages, type WholeLanguage } from '#content/languages.ts'
import { BASES, LEAVING_WAYS, ReceiverKind } from '#protocol/staff/case-log/referral-fields'
import { DAY_MS } from '#protocol/limits'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { DETAIL_KINDS } from '../../../referral/cut-words.ts'
import { OTHER_ROLES, WORD_SOURCES, type LeavingFacts } from '../../../referral/content.ts'
import { FIELDS, FORMS, PLACE_FIELDS, PLACE_SIZES } from '../../../referral/fields.ts'
import { ANSWER_DAYS } from '../../../referral/letter.ts'
import { drawDigits } from '../../../referral/page/make-page.ts'
import { useDraftOf } from '../../../session/use-draft-of.ts'

/**
 * Number of digits in the number of a letter. The number is random, so that it does not reveal how
 * many referrals there are.
 */
const NUMBER_DIGITS = 8

export const CONSENT_WAYS = ['call', 'person'] as const

/** A text that was read aloud, with the answer to it. */
const HeardAnswer = z.object({
  lang: z.enum(languages),
  /** the text as the screen showed it; the record stores its hash */
  text: z.string(),
  /** the content that the text is about, as JSON */
  of: z.string(),
  /** UTC minute */
  heardAt: z.string(),
  how: z.enum([...CONSENT_WAYS, 'no']),
})
export type HeardAnswer = z.infer<typeof HeardAnswer>
/** A text that was read aloud and agreed to. */
export type HeardConsent = HeardAnswer & { how: (typeof CONSENT_WAYS)[number] }

const Facts = z.object({
  values: z.record(z.enum(FIELDS), z.string()),
  isKnownChild: z.boolean(),
  countries: z.record(z.enum(PLACE_FIELDS), z.string()),
  sizes: z.record(z.enum(PLACE_FIELDS), z.nullable(z.enum(PLACE_SIZES))),
  others: z.array(z.object({ id: z.string(), name: z.string(), role: z.enum(OTHER_ROLES) })),
})

const Included = z.object({
  id: z.string(),
  source: z.enum(WORD_SOURCES),
  text: z.string(),
  marks: z.array(
    z.object({
      ...{ from: z.int(), to: z.int(), kind: z.enum(DETAIL_KINDS) },
      decision: z.enum(['open', 'keep', 'remove']),
    }),
  ),
})
/** The words that were included, by their ids in the case. */
export type IncludedWords = z.infer<typeof Included>

/** The answers about a referral without consent. */
const Without = z.object({
  ground: z.string(),
  isTold: z.nullable(z.boolean()),
  why: z.string(),
  /** the day on which the person is to be told; empty if no day is set */
  on: z.string(),
  /** the fields of an official order */
  ...{ number: z.string(), day: z.string(), broughtBy: z.string() },
  lawyer: z.nullable(z.enum(['asked', 'not_asked'])),
})
export type Without = z.infer<typeof Without>

/** The answers about a person under 18. */
const Child = z.object({
  carer: z.string(),
  isCarerSafe: z.nullable(z.enum(['yes', 'no', 'unknown'])),
  mayCarerKnow: z.boolean(),
  wants: z.string(),
  /** id of the colleague who decides */
  decidedBy: z.string(),
})
export type Child = z.infer<typeof Child>

const Asked = z.object({
  /** the record of the person; see personValue; empty for a person without one */
  person: z.string(),
  /** the number of the letter */
  number: z.string(),
  facts: Facts,
  choices: z.object({
    basis: z.enum(BASES),
    forms: z.partialRecord(z.enum(FIELDS), z.enum(FORMS)),
    ticked: z.array(z.enum(FIELDS)),
  }),
  included: z.array(Included),
  about: z.object({
    ...{ name: z.string(), kind: ReceiverKind, answers: z.string(), answerBy: z.string() },
    /** the listed receiver with this name and kind; null for a receiver that was typed in */
    listed: z.nullable(z.object({ id: z.string(), recordHash: z.string() })),
    lang: z.enum(languages),
  }),
  way: z.enum(LEAVING_WAYS),
  /** the record of the parent who is asked, see personValue; empty when the person is asked */
  parent: z.string(),
  heard: z.nullable(HeardAnswer),
  /** keyed by the ids of other people */
  heardOthers: z.record(z.string(), z.nullable(HeardAnswer)),
  without: Without,
  child: Child,
})
export type Asked = z.infer<typeof Asked>
/** The facts about the letter other than its content. */
export type LetterTerms = Asked['about']

export const NOT_ASKED: Without = {
  ...{ ground: '', isTold: null, why: '', on: '', number: '', day: '', broughtBy: '' },
  lawyer: null,
}

/**
 * Returns the initial answers of a new form. No field is ticked in advance.
 *
 * @param me  id of the colleague who fills in the form
 */
export const newAsked = (
  person: string,
  facts: LeavingFacts,
  { lang, me }: { lang: WholeLanguage; me: string },
): Asked => ({
  person,
  number: drawDigits().slice(0, NUMBER_DIGITS),
  facts: { ...facts, others: [...facts.others] },
  choices: { basis: 'consent', forms: {}, ticked: [] },
  included: [],
  about: {
    ...({ name: '', kind: 'organisation', listed: null, answers: '', lang } as const),
    answerBy: localDayOf(Date.now() + ANSWER_DAYS * DAY_MS),
  },
  way: 'page',
  ...{ parent: '', heard: null, heardOthers: {}, without: NOT_ASKED },
  child: { carer: '', isCarerSafe: null, mayCarerKnow: false, wants: '', decidedBy: me },
})

/** Returns the draft for a case, or null while no form is open. */
export const useAsked = (caseId: string) => useDraftOf(Asked, savedDraftKey('referral', caseId))
