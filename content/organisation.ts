// Parses the values that belong to the organisation: names, address, place, languages, numbers and
// colours. Parsing happens on import, so that a bad value stops the build.
import { z } from 'zod'
import { COLOURS, contrastFaults, type ColourName } from './contrast.ts'
import { forEachLanguage, type Language } from './languages.ts'
import { inEveryLanguage } from './schema-fields.ts'
import record from './organisation.json' with { type: 'json' }

const words = z.string().trim().min(1)
const country = z.string().regex(/^[A-Z]{2}$/, 'is no code of a country, like KG')
const number = z.string().regex(/^[A-Z]{2}-\d{2}$/, 'is no id of contacts.json, like KG-01')
const language = z.string().regex(/^[a-z]{2}$/, 'is no code of a language, like ky')
const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'is no colour, like #12312a')

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'i').source !== ''
  } catch {
    return false
  }
}

/** Makes an object shape in which each key has the same schema. */
const eachColour = (names: readonly ColourName[]): Record<ColourName, typeof colour> =>
  Object.fromEntries(names.map((name) => [name, colour])) as Record<ColourName, typeof colour>

/** The colours of one scheme, with enough contrast for all readers. */
const scheme = z.strictObject(eachColour(COLOURS)).superRefine((colours, context) => {
  for (const message of contrastFaults(colours)) context.addIssue({ code: 'custom', message })
})

export const organisationSchema = z
  .strictObject({
    name: inEveryLanguage,
    shortName: inEveryLanguage,
    /** The name shown in a staff member's list of passkeys. */
    passkeyName: words,
    /** The prefix for the names of files that staff save. */
    fileName: z.string().regex(/^[a-z0-9-]+$/),
    /** The site's address. An address in deployment.json takes precedence. */
    site: z.url({ protocol: /^https$/ }).refine((text) => new URL(text).origin === text, {
      message: 'must be an address without a path or a last slash, like https://oasis.example',
    }),
    /** The organisations to which this one belongs, for search engines. */
    memberOf: z.array(words),
    place: z.strictObject({
      country,
      /** Offset from UTC in hours, the same all year: used for alert hours and task days. */
      hoursAhead: z.number().min(-12).max(14),
      /** The country that most people go to, which is shown first and with its consulate. */
      mostGoTo: country,
      /** The countries that `tell` offers as buttons, so that a person need not type the name. */
      asked: z.array(country).min(1),
    }),
    /** The name of each language in that language, in the order in which the site offers them. */
    languages: z
      .record(language, words)
      .refine((names) => Object.keys(names).length > 0, 'names no language'),
    rightToLeft: z.array(language),
    standIn: z.record(language, language),
    longWord: z.strictObject(forEachLanguage(() => z.number().int().min(1))),
    hurtful: z.strictObject(
      forEachLanguage(() => words.refine(isPattern, 'is no regular expression')),
    ),
    /** Ids of contacts.json. */
    numbers: z.strictObject({
      /**
       * Emergency contacts: inside the country, for children there, and for its citizens abroad.
       */
      inside: z.array(number).min(1),
      child: z.array(number),
      abroad: z.array(number).min(1),
      /** The consular department, which answers calls from citizens in any country. */
      consulate: number,
      poster: z.array(number).min(1),
      leaflet: z.array(number),
    }),
    /** The ids of the facts in facts.json that the home page shows. */
    ownFacts: z.strictObject({ help: words, training: words, network: words }),
    /**
     * Legal grounds for referring a case without consent; empty until a lawyer has filled in the
     * list.
     */
    grounds: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z0-9-]{1,60}$/, 'is no id, like life'),
          words: inEveryLanguage,
          /** The lawyer who decided on this ground, and the date of the decision. */
          decided: words,
        }),
      )
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has an id twice'),
    /** The yearly tables that may leave the organisation, and the countries that they name. */
    figures: z.strictObject({
      /** The first of the five years during which the ledger keeps the list unchanged. */
      since: z.number().int().min(2000).max(2999),
      tables: z
        .array(z.enum(['help', 'sex', 'age', 'exploitation', 'country']))
        .min(1)
        .refine((all) => new Set(all).size === all.length, 'has a table twice'),
      countries: z.array(country),
    }),
    colours: z.strictObject({ light: scheme, dark: scheme }),
  })
  .superRefine(({ languages, rightToLeft, standIn }, context) => {
    const refuseUnknown = (code: string, path: (string | number)[]): void => {
      if (!Object.hasOwn(languages, code))
        context.addIssue({ code: 'custom', path, message: `${code} is not in "languages"` })
    }
    rightToLeft.forEach((code, at) => refuseUnknown(code, ['rightToLeft', at]))
    for (const code of Object.keys(standIn)) refuseUnknown(code, ['standIn', code])
  })

type OrganisationFile = z.infer<typeof organisationSchema>
export type OrganisationNumbers = OrganisationFile['numbers']

/** Lists the faulty values of an organisation's file, each with its path. */
export const organisationFaults = (value: unknown): string[] =>
  (organisationSchema.safeParse(value).error?.issues ?? []).map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  )

/**
 * Parses the file of an organisation.
 *
 * @throws an error that lists each faulty value with its path
 */
export function readOrganisationFile(value: unknown): OrganisationFile {
  const faults = organisationFaults(value)
  if (faults.length === 0) return organisationSchema.parse(value)
  throw new Error(`content/organisation.json does not fit:\n  ${faults.join('\n  ')}`)
}

export const organisation: OrganisationFile = readOrganisationFile(record)

/** The organisation's two names, under the keys that the pages use. */
export const namesIn = (lang: Language): Readonly<Record<string, string>> => ({
  'org.name': organisation.name[lang],
  'org.short': organisation.shortName[lang],
})
