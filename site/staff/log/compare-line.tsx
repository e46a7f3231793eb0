// Asks two people to read digits of the log to each other, monthly and after each change to the
// staff.
import { useState } from 'preact/hooks'
import { shownHash } from '#protocol/staff/people/digits'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { useMessages } from '../i18n/messages.tsx'
import { noteCompared } from '../ledger/remembered-head.ts'
import { focusTitle } from '../ui/take-focus.ts'

export interface CompareLineProps {
  roster: Roster
  onCompared: () => void
}

export function CompareLine({ roster, onCompared }: CompareLineProps) {
  const { t } = useMessages()
  const [doDiffer, setDoDiffer] = useState(false)
  const same = (): void => {
    noteCompared('ledger', roster, Date.now())
    onCompared()
    focusTitle()
  }
  return (
    <div class="paper-line" role="status">
      <p>
        {t('staff.compare.line', { n: roster.rows })}{' '}
        <span class="hash">{shownHash(roster.head)}</span>
      </p>
      {doDiffer && (
        <p>
          <b>{t('staff.compare.differ')}</b>
        </p>
      )}
      <button type="button" onClick={same}>
        {t('staff.compare.same')}
      </button>
      <button type="button" class="plain" onClick={() => setDoDiffer(true)}>
        {t('staff.compare.other')}
      </button>
    </div>
  )
}
