// Makes what the form of a referral gives to the code that signs and sends.
import { localDayOf } from '#content/clock.ts'
import { type LetterReceiver } from '../../../referral/consent-text.ts'
import { codesOf, type ReferralContent } from '../../../referral/content.ts'
import { type CaseField } from '../../../referral/fields.ts'
import { letterOf } from '../../../referral/letter.ts'
import { makeFile, readFile, type MadeFile, type LeavingWay } from '../../../referral/made-file.ts'
import { type Letter } from '../../../referral/pieces.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { type LetterTerms } from './receiver-fields.tsx'

/** A text that was read aloud and agreed to. */
export interface HeardConsent {
  lang: string
  /** the text as the screen showed it; the record has its hash */
  text: string
  /** the content that the person agreed to let leave, as JSON */
  of: string
  /** UTC minute */
  heardAt: string
}

export interface PreparedReferral {
  content: ReferralContent
  /** the codes of what leaves, see codesOf */
  fields: string[]
  receiver: LetterReceiver
  /** the day by which an answer is expected */
  answerBy: string
  /** null without consent */
  consent: HeardConsent | null
  /** the other people who leave with it, each with their own consent */
  others: readonly { id: string; consent: HeardConsent }[]
  /** the fields that were ticked by themselves */
  ticked: readonly CaseField[]
  file: MadeFile
}

interface Preparing extends Omit<PreparedReferral, 'fields' | 'file' | 'receiver' | 'answerBy'> {
  about: LetterTerms
  /** the number of the referral */
  number: string
  hasSecond: boolean
  way: LeavingWay
  all: readonly ReferralWords[]
  /** the bundled opener of a page */
  opener: string
}

/** Makes the file, and reads its letter back for the preview. */
export async function prepareReferral(
  words: ReferralWords,
  { content, consent, others, ticked, about, number, hasSecond, way, all, opener }: Preparing,
): Promise<{ prepared: PreparedReferral; letter: Letter }> {
  const { answerBy, kind } = about
  const receiver = { name: about.name.trim(), kind }
  const letter = letterOf(
    content,
    {
      ...{ number, receiver, answerBy, hasSecond, answers: about.answers.trim(), ground: null },
      day: localDayOf(Date.now()),
      consent: consent && { by: 'person', day: localDayOf(Date.parse(consent.heardAt)) },
    },
    words,
  )
  const file = await makeFile(way, letter, all, opener)
  return {
    prepared: {
      ...{ content, fields: codesOf(content), receiver, answerBy },
      ...{ consent, others, ticked, file },
    },
    letter: await readFile(file, all, opener),
  }
}
