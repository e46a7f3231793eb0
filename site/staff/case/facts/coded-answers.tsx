// Shows in words the answers that the person ticked. A code that this version does not recognise is
// shown unchanged.
import { NEEDS, SIGNS, type Need, type Sign } from '#protocol/report/plain-report'
import { type ReadReport } from '../../crypto/parse-report.ts'
import { useMessages, type MessageKey, type Messages } from '../../i18n/messages.tsx'

const SIGN_WORDS: Readonly<Record<Sign, MessageKey>> = {
  WithholdsDocuments: 'staff.sign.documents',
  TakesEarnings: 'staff.sign.earnings',
  DebtBondage: 'staff.sign.debt',
  RestrictsMovement: 'staff.sign.movement',
  PhysicalThreats: 'staff.sign.threats',
  PhysicalAbuse: 'staff.sign.violence',
  ForcedActs: 'staff.sign.acts',
}

const isSign = (code: string): code is Sign => (SIGNS as readonly string[]).includes(code)
const isNeed = (code: string): code is Need => (NEEDS as readonly string[]).includes(code)

/** Returns the label of a sign, or the code itself if this version does not recognise it. */
export const signWords = (code: string, { t }: Pick<Messages, 't'>): string =>
  isSign(code) ? t(SIGN_WORDS[code]) : code

/** Returns the label of a need, or the code itself if this version does not recognise it. */
export const needWords = (code: string, { t }: Pick<Messages, 't'>): string =>
  isNeed(code) ? t(`staff.need.${code}`) : code

/** Lists the ticked answers in words, under the title of each question. */
export const answersIn = (
  { signs, needs, people, under18 }: Pick<ReadReport, 'signs' | 'needs' | 'people' | 'under18'>,
  { t }: Pick<Messages, 't'>,
): { title: string; texts: string[] }[] => [
  {
    title: t('staff.signs.title'),
    texts: [
      ...signs.map((code) => signWords(code, { t })),
      ...(people ? [t('staff.people', { n: people.replace('-', '–') })] : []),
      ...(under18 ? [t(`staff.minor.${under18}`)] : []),
    ],
  },
  {
    title: t('staff.needs.title'),
    texts: needs.map((code) => needWords(code, { t })),
  },
]

export function CodedAnswers({ report }: { report: ReadReport }) {
  const words = useMessages()
  return (
    <>
      {answersIn(report, words)
        .filter(({ texts }) => texts.length > 0)
        .map(({ title, texts }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <ul class="answers">
              {texts.map((words, place) => (
                <li key={place} dir="auto">
                  {words}
                </li>
              ))}
            </ul>
          </section>
        ))}
    </>
  )
}
