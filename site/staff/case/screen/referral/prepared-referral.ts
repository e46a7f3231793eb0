// Makes the file of a referral, and the entry that records its content. Other code signs and sends
// both.
import { localDayOf } from '#content/clock.ts'
import { groupReceipt } from '#protocol/report/receipt'
import { minuteOf } from '#protocol/time'
import type { ReferralConsent } from '#protocol/staff/case-log/referral'
import { recordConsent } from '../../../crypto/record-consent.ts'
import { type ConsentBy, type LetterReceiver } from '../../../referral/consent-text.ts'
import { codesOf, isUnder18, mayBeChild, type ReferralContent } from '../../../referral/content.ts'
import { letterOf } from '../../../referral/letter.ts'
import { makeFile, readFile, type MadeFile } from '../../../referral/made-file.ts'
import { type Letter } from '../../../referral/pieces.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { GROUNDS } from '../../read/grounds.ts'
import { placeIn } from '../../read/named-persons.ts'
import { type ReferralDraft } from '../../write/send-referral.ts'
import { type Asked, type HeardConsent } from './asked.ts'
import { basisFrom } from './basis-part.tsx'
import { careFrom } from './child-part.tsx'

/** The answers in the form, once all of them have been given. */
export interface WholeAnswers {
  asked: Asked
  content: ReferralContent
  receiver: LetterReceiver
  /** the person, or a parent who consents for a child */
  by: ConsentBy
  /** null without consent */
  consent: HeardConsent | null
  /** the other people who are included, each with their own consent */
  others: readonly { id: string; consent: HeardConsent }[]
}

export interface PreparedReferral {
  content: ReferralContent
  draft: ReferralDraft
  file: MadeFile
}

/** Makes the file, and reads its letter back for the preview. */
export async function prepareReferral(
  answers: WholeAnswers,
  { all, own, opener, me }: { all: readonly ReferralWords[]; own: ReferralWords } & Maker,
): Promise<{ prepared: PreparedReferral; letter: Letter }> {
  const { asked, content, receiver, consent } = answers
  const { about, number, way, choices, without } = asked
  const words = all.find(({ lang }) => lang === about.lang) ?? own
  const ground = GROUNDS.find(({ id }) => id === without.ground)?.words[words.lang] ?? null
  const letter = letterOf(
    content,
    {
      ...{
        number: groupReceipt(number),
        receiver,
        answerBy: about.answerBy,
        answers: about.answers.trim(),
        ground,
      },
      hasSecond: choices.basis !== 'consent' || mayBeChild(asked.facts),
      day: localDayOf(Date.now()),
      consent: consent && { by: answers.by, day: localDayOf(Date.parse(consent.heardAt)) },
    },
    words,
  )
  const file = await makeFile(way, letter, all, opener)
  const draft = await draftOf(answers, file, me)
  return { prepared: { content, draft, file }, letter: await readFile(file, all, opener) }
}

interface Maker {
  /** the bundled opener script of a page */
  opener: string
  /** id of the colleague who makes the referral */
  me: string
}

async function draftOf(
  { asked, content, receiver, by, consent, others }: WholeAnswers,
  { way, digits }: MadeFile,
  me: string,
): Promise<ReferralDraft> {
  const { choices, without, child, person, number } = asked
  const recorded = (
    { how, heardAt, lang, text }: HeardConsent,
    who: Pick<ReferralConsent, 'by' | 'parent'> = { by: 'person', parent: null },
  ): Promise<ReferralConsent> =>
    recordConsent({ ...who, how, heardBy: me, heardAt }, { lang, text }, receiver)
  const isChild = isUnder18(asked.facts)
  const care = isChild === 'yes' ? careFrom(child, choices.ticked) : null
  const basis =
    choices.basis === 'consent'
      ? consent && {
          kind: 'consent' as const,
          consent: await recorded(consent, {
            by,
            parent: by === 'parent' ? placeIn(asked.parent) : null,
          }),
        }
      : basisFrom(choices.basis, without)
  if (!basis) throw new Error('the form asks for every answer first')
  return {
    ...{ v: 1, kind: 'referral', at: minuteOf(Date.now()), text: '' },
    receiver: { ...receiver, listed: asked.about.listed },
    ...{ person: placeIn(person), isUnder18: isChild, basis },
    ...(care && { child: care }),
    fields: codesOf(content),
    others: await Promise.all(
      others.flatMap(({ id, consent: own }) => {
        const place = placeIn(id)
        return place ? [recorded(own).then((each) => ({ person: place, consent: each }))] : []
      }),
    ),
    answerBy: asked.about.answerBy,
    file: { way, digits, number },
  }
}
