// What the person ticked, in words; a code that this version does not know stands as it came.
import { NEEDS, SIGNS, type Need, type Sign } from '#protocol/report'
import { type ReadReport } from '../keys/open-report.ts'
import { useWords, type WordKey } from '../words.tsx'

const SIGN_WORDS: Readonly<Record<Sign, WordKey>> = {
  WithholdsDocuments: 'staff.sign.documents',
  TakesEarnings: 'staff.sign.earnings',
  DebtBondage: 'staff.sign.debt',
  RestrictsMovement: 'staff.sign.movement',
  PhysicalThreats: 'staff.sign.threats',
  PhysicalAbuse: 'staff.sign.violence',
}

const isSign = (code: string): code is Sign => (SIGNS as readonly string[]).includes(code)
const isNeed = (code: string): code is Need => (NEEDS as readonly string[]).includes(code)

export function ToldCodes({ report: { signs, needs } }: { report: ReadReport }) {
  const { t } = useWords()
  const lists = [
    ['signs', signs.map((code) => (isSign(code) ? t(SIGN_WORDS[code]) : code))],
    ['needs', needs.map((code) => (isNeed(code) ? t(`staff.need.${code}`) : code))],
  ] as const
  return (
    <>
      {lists
        .filter(([, said]) => said.length > 0)
        .map(([of, said]) => (
          <section key={of} aria-labelledby={`${of}-title`}>
            <h3 id={`${of}-title`}>{t(`staff.${of}.title`)}</h3>
            <ul class="told">
              {said.map((words, place) => (
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
