// Lists the cases of people who left, and takes them back. Each case gets a row of its own, so that
// a cut leaves the rest for the next press.
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type LeftCases as Left } from '#protocol/staff/case-pages'
import { fetchLeftCases } from '../api/case-api.ts'
import { useCaseWriter } from '../case/case-props.ts'
import { releaseCase } from '../case/team/release-case.ts'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useSessionAttempt } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'

export function LeftCasesCard() {
  const { t } = useMessages()
  const { ledger, names } = useSeenLedger()
  const attempt = useSessionAttempt()
  const writer = useCaseWriter()
  const [left, setLeft] = useState<Left['cases']>([])
  const [released, setReleased] = useState(0)
  const look = async (): Promise<void> => setLeft((await fetchLeftCases()).cases)
  // Somebody may have left since the ledger was read last.
  useEffect(() => void look().catch(() => undefined), [ledger])
  const release = (): void =>
    attempt.run(async () => {
      const by = writer()
      for (const { id } of left) {
        await releaseCase(by, id).catch(ignoreFaster)
        setReleased((count) => count + 1)
      }
      await look()
    })
  if (left.length === 0)
    return <p role="status">{released > 0 && t('staff.left.done', { n: released })}</p>
  return (
    <section class="card pending" aria-labelledby="left-title">
      <header>
        <h3 id="left-title">{t('staff.left.title', { n: left.length })}</h3>
      </header>
      <p>{t('staff.left.lead')}</p>
      <ul class="rows">
        {left.map(({ id, day, assignee }) => (
          <li key={id} dir="auto">
            {t('staff.left.open', {
              day: dayInDigits(day),
              name: names.get(assignee) ?? t('staff.assign.left'),
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

/** A colleague who was faster has given the case away already. */
function ignoreFaster(thrown: unknown): void {
  if (!(thrown instanceof Refusal && thrown.code === 'assignee_changed')) throw thrown
}
