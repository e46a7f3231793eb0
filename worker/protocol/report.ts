// What is inside a sealed report: the JSON that only the people with a key read. The server never parses it.

/** How and when the person may be reached. Every field is optional; absent means "not said". */
export interface SafeContact {
  how?: string
  when?: string
  /** what not to say or do */
  avoid?: string
  /** by what name to ask for the person */
  name?: string
  /** the word by which both sides know each other */
  word?: string
  /** the language to speak */
  lang?: string
}

/** Who may learn what is in the report. Not said means what `anonymous` means: nobody but the staff. */
export const CONSENTS = ['authorities', 'foundation', 'anonymous'] as const
export type Consent = (typeof CONSENTS)[number]

/**
 * How people are held: HTCDS 2.0, vic_MethodsOfControl, with `RestrictsMovement`, which its definitions name and its list
 * lacks. Only those that a person can tick in plain words.
 */
export const SIGNS = [
  'WithholdsDocuments',
  'TakesEarnings',
  'DebtBondage',
  'RestrictsMovement',
  'PhysicalThreats',
  'PhysicalAbuse',
] as const
export type Sign = (typeof SIGNS)[number]

/** What the person asks for. Codes of our own: HTCDS counts support plans, not wishes. */
export const NEEDS = ['leave', 'papers', 'doctor', 'shelter', 'lawyer', 'talk'] as const
export type Need = (typeof NEEDS)[number]

/** How a file came to be what it is: redrawn without its hidden data, recorded in the page, or as it was on the device. */
export const MADE = ['redrawn', 'recorded', 'distorted', 'as_is'] as const
export type Made = (typeof MADE)[number]

/** A file beside a report, in chunks of its own: see [Note: files]. */
export interface SealedFile {
  /** base64url of 32 random bytes */
  key: string
  /** bytes of the content, without padding */
  size: number
  /** base64url of the content's SHA-256 */
  hash: string
  /** media type, as the device says */
  type: string
  /** absent for redrawn pictures and recordings: names tell of people and days */
  name?: string
  /** bytes of plaintext in each chunk: 65,536 or 8,192 */
  chunk: number
  made: Made
}

export interface PlainReport {
  v: 1
  /** language the person wrote in */
  lang: string
  /** minute of writing by the person's clock, ISO 8601 in UTC: `2026-11-24T21:05Z` */
  at: string
  text: string
  place?: string
  consent?: Consent
  signs?: Sign[]
  needs?: Need[]
  contact?: SafeContact
  /** at most MAX_FILES; the place in this list is part of a file's id */
  files?: SealedFile[]
  /** base64url of the receipt's `down` and `up` keys (32 bytes each); absent when the person wants no receipt */
  down?: string
  up?: string
}

/** A file from staff: it has an id of its own (base64url, 17 bytes), as answers have no envelope. */
export interface AnswerFile extends SealedFile {
  id: string
}

/** What staff write back, sealed under `down`. */
export interface PlainAnswer {
  v: 1
  /** minute of writing by the writer's clock, as in PlainReport: it puts a conversation in order; reporters are shown the day */
  at: string
  text: string
  files?: AnswerFile[]
}

/** Minute of `ms`, as reports and answers carry it. */
export const minuteOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16) + 'Z'

/** UTC day of `ms`, as the edge keeps it. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** True when a text says something in words or digits: signs, spaces and pictures alone tell nobody what to do. */
export const hasWords = (text: string): boolean =>
  /[^\s!-/:-@[-`{-\u00bf\u2000-\u2bff\u3000-\u303f\ud800-\udfff\ufe00-\ufe0f]/.test(text)
