// Describes the JSON inside a sealed report. Only people with a key can read this JSON, and the
// server never parses it.

/**
 * Safe ways and times for staff to reach the person. An absent field means that the person did not
 * answer.
 */
export interface SafeContact {
  how?: string
  when?: string
  /** the words and actions that staff must avoid */
  avoid?: string
  /** the name to ask for */
  name?: string
  /** a word that staff and the person use to recognise each other */
  word?: string
  /** the language to speak */
  lang?: string
}

/** The people who may read the report. An absent consent means `anonymous`: the staff only. */
export const CONSENTS = ['helpers', 'authorities', 'foundation', 'anonymous'] as const
export type Consent = (typeof CONSENTS)[number]

/**
 * Methods that are used to control a person. A form shows each method in plain words. The codes are
 * those of HTCDS 2.0, vic_MethodsOfControl, with two exceptions. The definitions of HTCDS contain
 * `RestrictsMovement`, but its list of codes does not. `ForcedActs` is one of this project's own
 * codes; staff map such acts to HTCDS codes.
 */
export const SIGNS = [
  'WithholdsDocuments',
  'TakesEarnings',
  'DebtBondage',
  'RestrictsMovement',
  'PhysicalThreats',
  'PhysicalAbuse',
  'ForcedActs',
] as const
export type Sign = (typeof SIGNS)[number]

/**
 * The needs of a person. The codes are this project's own, because HTCDS records plans, not wishes.
 */
export const NEEDS = ['leave', 'papers', 'doctor', 'shelter', 'lawyer', 'talk'] as const
export type Need = (typeof NEEDS)[number]

/**
 * The number of people whom a report is about, as the reporter states it. A form shows these texts.
 */
export const PEOPLE = ['1', '2-5', '6-20', '21+'] as const
export type PeopleCount = (typeof PEOPLE)[number]

/** The answers to "Is somebody under 18?". Without an answer, the field is absent. */
export const UNDER_18 = ['yes', 'no', 'unknown'] as const
export type Under18 = (typeof UNDER_18)[number]

/**
 * The origin of a file: redrawn without metadata, recorded in the page, recorded and distorted, or
 * unchanged from the device.
 */
export const MADE = ['redrawn', 'recorded', 'distorted', 'as_is'] as const
export type Made = (typeof MADE)[number]

/** A file that a report lists, sent in chunks. See [Note: files]. */
export interface SealedFile {
  /** base64url of 32 random bytes */
  key: string
  /** bytes of the content, without padding */
  size: number
  /** base64url of the content's SHA-256 */
  hash: string
  /** media type that the device reports */
  type: string
  /**
   * name; absent for re-encoded pictures and recordings, because file names can reveal people and
   * dates
   */
  name?: string
  /** bytes of plaintext in each chunk, one of CHUNK_SIZES */
  chunk: number
  made: Made
}

export interface PlainReport {
  v: 1
  /** the suite with which this report was sealed; absent means suite 1 */
  suite?: 2
  /** language in which the person wrote */
  lang: string
  /**
   * minute in which the report was written, by the person's clock; ISO 8601 in UTC:
   * `2026-11-24T21:05Z`
   */
  at: string
  text: string
  place?: string
  /**
   * id of the colleague who wrote down what the person said by telephone or at the door; otherwise
   * absent
   */
  by?: string
  /**
   * true when a colleague wrote the letter as a test; counts only together with `by` and the signed
   * row
   */
  test?: true
  consent?: Consent
  signs?: Sign[]
  needs?: Need[]
  people?: PeopleCount
  under18?: Under18
  contact?: SafeContact
  /** at most MAX_FILES; a file's position in this list is part of its id */
  files?: SealedFile[]
  /** base64url of the receipt's `down` key (32 bytes); absent when the person wants no receipt */
  down?: string
  /** base64url of the receipt's `up` key (32 bytes); absent when the person wants no receipt */
  up?: string
  /**
   * base64url of the receipt's owner value (32 bytes; see ownerOf); absent if there is no receipt.
   * The report owns the receipt only if its header contains the hash of this value.
   */
  owner?: string
  /** the last field of a follow-up: see addReporterMac */
  mac?: string
}

/** A file that a reply lists. */
export interface ReplyFile extends SealedFile {
  /** base64url of 17 bytes; each file of a reply has its own id, because a reply has no envelope */
  id: string
}

/** A reply from the staff, sealed under `down`. */
export interface PlainReply {
  v: 1
  /**
   * minute in which the reply was written, by the writer's clock. Determines the order in a
   * conversation; reporters see only the day.
   */
  at: string
  text: string
  files?: ReplyFile[]
  /**
   * number of the person's messages that had arrived when the reply was written, including the
   * first report. With this number, the person can notice that a message is missing
   */
  arrived?: number
}

/**
 * Returns true when `text` contains any character that is not a space. A single emoji is a message
 * too: a person in danger may send only 🆘.
 */
export const hasWords = (text: string): boolean => /\S/.test(text)
