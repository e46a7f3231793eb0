// Guesses, from a person's own words about safe contact, how to reach that person. The button shows
// the guess before a colleague presses it.
import { type SafeContact } from '#protocol/report/plain-report'
import { CONTACT_WAYS, type Way } from '../../../crypto/case-entry.ts'
import { fold } from '../../../search/fold.ts'

/** Word stems for the ways to reach somebody, in three languages and several spellings. */
const STEMS: Readonly<Partial<Record<Way, readonly string[]>>> = {
  messenger: ['whatsapp', 'ватсап', 'вотсап', 'telegram', 'телеграм', 'viber', 'signal', 'imo '],
  phone: ['телефон', 'тел', 'phone', 'звон', 'позвон', 'перезвон', 'чал', 'call'],
  email: ['почт', 'mail', 'email'],
}

/**
 * Finds the first word that names this means of contact.
 *
 * @param folded  see fold; begins with a space
 */
function placeOf(way: Way, folded: string): number {
  const places = (STEMS[way] ?? []).map((stem) => folded.indexOf(fold(stem).trimEnd()))
  return Math.min(...places.filter((place) => place !== -1), Infinity)
}

/**
 * Returns the first means of contact that the person mentioned and did not forbid, or a reply on
 * this site.
 */
export function wayIn(contact: SafeContact | undefined): Way {
  const [how, avoid] = [fold(contact?.how ?? ''), fold(contact?.avoid ?? '')]
  const [first] = CONTACT_WAYS.filter((way) => placeOf(way, avoid) === Infinity)
    .map((way) => ({ way, place: placeOf(way, how) }))
    .filter(({ place }) => place < Infinity)
    .sort((a, b) => a.place - b.place)
  return first?.way ?? 'site'
}
