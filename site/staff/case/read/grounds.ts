// Reads the legal grounds on which a case may be referred without consent. A lawyer fills the list
// in organisation.json. While it is empty, a referral says that the lawyer has to confirm its
// ground.
import * as z from 'zod/mini'
import organisation from '#content/organisation.json' with { type: 'json' }
import { forEachLanguage } from '#content/languages.ts'

const Ground = z.object({ id: z.string(), words: z.object(forEachLanguage(() => z.string())) })

/** The grounds with their words, in the order of the list. */
export const GROUNDS = z.array(Ground).parse(organisation.grounds)
