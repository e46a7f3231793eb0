// Parses the words of an opened report. A later version of the page, or a stranger, may have sealed
// other fields. So a field with an impossible value is dropped, but does not hide other fields.
import * as z from 'zod/mini'
import { SUITE } from '#protocol/limits'
import { CONSENTS, PEOPLE, UNDER_18, type PlainReport } from '#protocol/report/plain-report'
import { filesOf, type ListedFile } from './listed-file.ts'

/** 32 bytes in base64url */
const KEY = /^[\w-]{43}$/
/** Maximum number of codes that the app keeps, and maximum number of characters in a code. */
const [MAX_CODES, CODE_CHARS] = [20, 60]

/** Drops a field with unknown values, because such a field must not hide the report. */
const words = z.catch(z.optional(z.string()), undefined)
const codes = z.catch(z.array(z.unknown()), [])
const Report = z.object({
  v: z.literal(1),
  suite: z.catch(z.optional(z.number()), undefined),
  lang: z.string(),
  at: z.string(),
  // A page leaves out an empty text, for example of a recording or a plea without words.
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

/** A report after parsing. Codes of a later version of the page are kept as they came. */
export interface ReadReport extends Omit<PlainReport, 'suite' | 'signs' | 'needs' | 'files'> {
  signs: string[]
  needs: string[]
  files: ListedFile[]
}

/** Matches characters that no program can show: a null, or half of a surrogate pair. */
const UNREADABLE = /[\0\p{Cs}]/gu

/** JSON writes an unreadable character as an escape, or holds half of a surrogate pair itself. */
const MAY_BE_UNREADABLE = /\\u|\p{Cs}/u

/** Puts U+FFFD in place of unreadable characters, because some programs end a text at a null. */
const readable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replace(UNREADABLE, '\ufffd') : value

/**
 * Parses the JSON that was sealed.
 *
 * @param id  report id, base64url: its files belong to it
 * @returns the report, and the suite that its words contain
 * @throws SyntaxError or ZodError for JSON that is not a report
 */
export function parseReport(json: string, id: string): { report: ReadReport; suite: number } {
  // JSON.parse takes several times longer with a function, and the index parses all reports.
  const isReadable = !MAY_BE_UNREADABLE.test(json)
  const read = Report.parse(isReadable ? JSON.parse(json) : JSON.parse(json, readable))
  return { report: usable(read, id), suite: read.suite ?? SUITE }
}

/**
 * Drops malformed fields: an impossible time, a return key that cannot seal, or a code that is not
 * text.
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
 * Reads the minute that is sealed with a message. The writer's device may have sent any text.
 * @returns `at` when it is a minute of a real day in the protocol's format, otherwise an empty text
 */
export const sealedMinute = (at: string): string => (MINUTE.test(at) && isReal(at) ? at : '')

// Some engines read 30 February as a day of March, and 24:00 as the next day.
const isReal = (at: string): boolean => new Date(at).getUTCDate() === Number(at.slice(8, 10))
