// Shows in words the answers that the person ticked. A code that this version does not know is
// shown as it is.
import { NEEDS, SIGNS, type Need, type Sign } from '#protocol/report/plain-report'
import { type ReadReport } from '../crypto/parse-report.ts'
import { useMessages, type MessageKey } from '../i18n/messages.tsx'

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

export function CodedAnswers({ report: { signs, needs } }: { report: ReadReport }) {
  const { t } = useMessages()
  const lists = [
    ['signs', signs.map((code) => (isSign(code) ? t(SIGN_WORDS[code]) : code))],
    ['needs', needs.map((code) => (isNeed(code) ? t(`staff.need.${code}`) : code))],
  ] as const
  return (
    <>
      {lists
        .filter(([, texts]) => texts.length > 0)
        .map(([of, texts]) => (
          <section key={of} aria-labelledby={`${of}-title`}>
            <h3 id={`${of}-title`}>{t(`staff.${of}.title`)}</h3>
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
