// Reads the legal grounds on which a case may be referred without consent. A lawyer fills in the
// list in organisation.json. While the list is empty, a referral states that the lawyer has yet to
// confirm its ground.
import * as z from 'zod/mini'
import organisation from '#content/organisation.json' with { type: 'json' }
import { forEachLanguage } from '#content/languages.ts'

const Ground = z.object({ id: z.string(), words: z.object(forEachLanguage(() => z.string())) })

/** The grounds and their wording, in the order of the list. */
export const GROUNDS = z.array(Ground).parse(organisation.grounds)
