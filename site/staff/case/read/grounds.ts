// Reads the legal grounds on which a case may be referred without consent. A lawyer fills the list
// in organisation.json. While it is empty, a referral says that the lawyer has to confirm its
// ground.
import * as z from 'zod/mini'
import organisation from '#content/organisation.json' with { type: 'json' }

const Grounds = z.array(z.object({ id: z.string() }))
const grounds = Grounds.parse(organisation.grounds)

/** Ids of the grounds, in the order of the list. */
export const GROUNDS: readonly string[] = grounds.map(({ id }) => id)
