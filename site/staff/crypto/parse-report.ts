// Parses the words of an opened report. A later version of the page, or a stranger, may have sealed
// other fields. So a field with an impossible value is dropped without affecting the other fields.
import * as z from 'zod/mini'
import { SUITE } from '#protocol/limits'
import { CONSENTS, PEOPLE, UNDER_18, type PlainReport } from '#protocol/report/plain-report'
import { filesOf, type ListedFile } from './listed-file.ts'

/** 32 bytes in base64url */
const KEY = /^[\w-]{43}$/
/** Maximum number of codes that the app keeps, and maximum number of characters in a code. */
const [MAX_CODES, CODE_CHARS] = [20, 60]

/** Drops a field with unknown values, because one such field must not hide the report. */
const words = z.catch(z.optional(z.string()), undefined)
const codes = z.catch(z.array(z.unknown()), [])
const Report = z.object({
  v: z.literal(1),
  suite: z.catch(z.optional(z.number()), undefined),
  lang: z.string(),
  at: z.string(),
  // The page omits an empty text, for example if the report has a recording instead of words.
  text: z._default(z.string(), ''),
  place: words,
  by: words,
  test: z.catch(z.optional(z.literal(true)), undefined),
  consent: z.catch(z.optional(z.enum(CONSENTS)), undefined),
  signs: codes,
  needs: codes,
  people: z.catch(z.optional(z.enum(PEOPLE)), undefined),
  under18: z.catch(z.optional(z.enum(UNDER_18)), undefined),
  contact: z.catch(
    z.optional(
      z.object({ how: words, when: words, avoid: words, name: words, word: words, lang: words }),
    ),
    undefined,
  ),
  files: z.optional(z.unknown()),
  down: words,
  up: words,
  owner: words,
})

/** A report after parsing. Codes from a later version of the page are kept unchanged. */
export interface ReadReport extends Omit<PlainReport, 'suite' | 'signs' | 'needs' | 'files'> {
  signs: string[]
  needs: string[]
  files: ListedFile[]
}

/** Matches characters that no program can show: a null character, or a lone surrogate. */
const UNREADABLE = /[\0\p{Cs}]/gu

/** JSON can contain an unreadable character as an escape sequence, or a lone surrogate directly. */
const MAY_BE_UNREADABLE = /\\u|\p{Cs}/u

/**
 * Replaces unreadable characters with U+FFFD, because some programs end a string at a null
 * character.
 */
const readable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replace(UNREADABLE, '\ufffd') : value

/**
 * Parses the sealed JSON.
 *
 * @param id  report id, base64url, which identifies the report's files
 * @returns the report, and the suite in its sealed words
 * @throws SyntaxError or ZodError for JSON that is not a report
 */
export function parseReport(json: string, id: string): { report: ReadReport; suite: number } {
  // JSON.parse is several times slower with a reviver function, and the index parses all reports.
  const isReadable = !MAY_BE_UNREADABLE.test(json)
  const read = Report.parse(isReadable ? JSON.parse(json) : JSON.parse(json, readable))
  return { report: usable(read, id), suite: read.suite ?? SUITE }
}

/**
 * Drops malformed fields: an impossible time, an unusable return key, or a code that is not a
 * string.
 */
function usable(read: z.infer<typeof Report>, id: string): ReadReport {
  const { v, lang, text, place, by, test, consent, people, under18 } = read
  const { down, up, owner, at, signs, needs, files, contact } = read
  return {
    ...withoutUndefined({ v, lang, text, place, by, test, consent, people, under18 }),
    at: sealedMinute(at),
    signs: codesIn(signs),
    needs: codesIn(needs),
    files: filesOf(id, files),
    ...(contact && { contact: withoutUndefined(contact) }),
    ...keysIn({ down, up, owner }),
  }
}

/** Drops a receipt key that is not base64url of 32 bytes. */
const keysIn = (read: Record<'down' | 'up' | 'owner', string | undefined>) =>
  Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined && KEY.test(value)),
  ) as Pick<PlainReport, 'down' | 'up' | 'owner'>

const codesIn = (listed: unknown[]): string[] =>
  listed
    .filter((code) => typeof code === 'string')
    .slice(0, MAX_CODES)
    .map((code) => code.slice(0, CODE_CHARS))

/** Guarantee: a field whose value is undefined is absent from the object. */
const withoutUndefined = <T extends object>(read: T) =>
  Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as {
    [Field in keyof T]: Exclude<T[Field], undefined>
  }

const MINUTE = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/

/**
 * Reads the minute that is sealed with a message. The writer's device may have sent any string.
 * @returns `at` when it is a minute of a real day in the protocol's format, otherwise an empty
 * string
 */
export const sealedMinute = (at: string): string => (MINUTE.test(at) && isReal(at) ? at : '')

// Some engines parse 30 February as a day in March, and 24:00 as the next day.
const isReal = (at: string): boolean => new Date(at).getUTCDate() === Number(at.slice(8, 10))
