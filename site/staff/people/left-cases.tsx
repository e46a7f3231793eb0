// Lists the cases of people who have left or have new keys, and takes them back. Each case has a
// separate row, so that an interruption leaves the rest for the next attempt.
import { useEffect, useState } from 'preact/hooks'
import { type LeftCases as Left } from '#protocol/staff/list/case-pages'
import { fetchLeftCases } from '../api/people-api.ts'
import { releaseLeftCases } from '../case/write/release-case.ts'
import { useCaseWriter } from '../case/write/use-case-writer.ts'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useNames } from '../ledger/use-names.ts'
import { useSessionAttempt } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'

export function LeftCasesCard() {
  const { t } = useMessages()
  const { ledger } = useSeenLedger()
  const nameOf = useNames()
  const attempt = useSessionAttempt()
  const writer = useCaseWriter()
  const [left, setLeft] = useState<Left['cases']>([])
  const [released, setReleased] = useState(0)
  const look = async (): Promise<void> => setLeft((await fetchLeftCases()).cases)
  // A colleague may have left since the ledger was last read.
  useEffect(() => void look().catch(() => undefined), [ledger])
  const release = (): void =>
    attempt.run(async () => {
      await releaseLeftCases(writer(), () => setReleased((count) => count + 1))
      await look()
    })
  if (left.length === 0)
    return <p role="status">{released > 0 && t('staff.left.done', { n: released })}</p>
  return (
    <section class="card" aria-labelledby="left-title">
      <header>
        <h3 id="left-title">{t('staff.left.title', { n: left.length })}</h3>
      </header>
      <p>{t('staff.left.lead')}</p>
      <ul class="rows">
        {left.map(({ id, day, assignee }) => (
          <li key={id} dir="auto">
            {t('staff.left.open', {
              day: dayInDigits(day),
              name: nameOf(assignee),
            })}
          </li>
        ))}
      </ul>
      <ErrorMessage why={attempt.why} />
      {attempt.busy && <progress max={left.length} value={released} aria-labelledby="left-title" />}
      <div class="verbs">
        <button type="button" class="go" aria-disabled={attempt.busy} onClick={release}>
          {t('staff.left.go')}
        </button>
      </div>
    </section>
  )
}
