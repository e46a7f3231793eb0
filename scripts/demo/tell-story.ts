// Invents the story of a report, and fills sentences with its names, place and phone number. Random
// sources with the same seed produce the same story.
import type { WholeLanguage } from '#content/languages.ts'
import { PARTS, RECRUITERS, type Recruiter, type Situation, type Voice } from '#scripts/demo/parts'
import type { Chance } from '#scripts/shared/seeded-random'

/** The subject of a report and its thread. */
export interface Story {
  lang: WholeLanguage
  voice: Voice
  situation: Situation
  place: string
  recruiter: Recruiter
}

function languageBy(chance: Chance): WholeLanguage {
  const roll = chance.below(100)
  return roll < 60 ? 'ky' : roll < 90 ? 'ru' : 'en'
}

export function tellStory(chance: Chance): Story {
  const lang = languageBy(chance)
  const voice = chance.one<Voice>(['me', 'me', 'other', 'other', 'other', 'tip', 'tip'])
  // Squaring a random number favours the first recruiters.
  const place = Math.floor((chance.below(1000) / 1000) ** 2 * RECRUITERS.length)
  const recruiter = RECRUITERS[place] ?? chance.one(RECRUITERS)
  const { situation } = recruiter
  return { lang, voice, situation, place: chance.one(PARTS[lang].places[situation]), recruiter }
}

/** Writes a phone number as people do: with spaces, with hyphens or in one piece. */
const writePhone = (chance: Chance, { phone }: Recruiter): string =>
  phone.join(chance.one([' ', ' ', '', '-']))

const fill = (chance: Chance, { lang, place, recruiter }: Story, text: string): string =>
  text.replace(/\{(\w+)\}/g, (_, field: string) => {
    if (field === 'phone') return writePhone(chance, recruiter)
    if (field === 'handle') return recruiter.handle
    if (field === 'place') return place
    if (field === 'agency') return recruiter.agency[lang]
    return field === 'nickname' ? recruiter.nickname[lang] : recruiter.name[lang]
  })

/** Fills sentences and joins them. */
export const writeParagraph = (chance: Chance, story: Story, sentences: string[]): string =>
  sentences.map((sentence) => fill(chance, story, sentence)).join(' ')
