// What is inside a sealed report: the JSON that only the people with a key read. The server never parses it.

/** How and when the person may be reached. Every field is optional; absent means "not said". */
export interface SafeContact {
  how?: string
  when?: string
  /** what not to say or do */
  avoid?: string
}

export interface PlainReport {
  v: 1
  /** language the person wrote in */
  lang: string
  /** minute of writing by the person's clock, ISO 8601 in UTC: `2026-11-24T21:05Z` */
  at: string
  text: string
  place?: string
  contact?: SafeContact
  /** base64url of the receipt's `down` and `up` keys (32 bytes each); absent when the person wants no receipt */
  down?: string
  up?: string
}

/** What staff write back, sealed under `down`. */
export interface PlainAnswer {
  v: 1
  /** minute of writing by the writer's clock, as in PlainReport: it puts a conversation in order; reporters are shown the day */
  at: string
  text: string
}

/** Minute of `ms`, as reports and answers carry it. */
export const minuteOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16) + 'Z'

/** UTC day of `ms`, as the edge keeps it. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** True when a text says something in words or digits: signs, spaces and pictures alone tell nobody what to do. */
export const hasWords = (text: string): boolean =>
  /[^\s!-/:-@[-`{-\u00bf\u2000-\u2bff\u3000-\u303f\ud800-\udfff\ufe00-\ufe0f]/.test(text)
