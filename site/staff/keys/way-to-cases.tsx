// Shows links to the cases at the end of a departure. Cases that the leaver had are listed first.
import { useEffect, useState } from 'preact/hooks'
import { fetchLeftCases } from '../api/people-api.ts'
import { useMessages } from '../i18n/messages.tsx'

interface WayToCasesProps {
  onList: () => void
  /** shows the screen with the cases of people who have left */
  onLeft: () => void
}

export function WayToCases({ onList, onLeft }: WayToCasesProps) {
  const { t } = useMessages()
  const [left, setLeft] = useState(0)
  useEffect(() => {
    const count = async (): Promise<void> => setLeft((await fetchLeftCases()).cases.length)
    // If the count fails, the list of cases still shows who has each case.
    void count().catch(() => undefined)
  }, [])
  return (
    <div class="verbs">
      {left > 0 && (
        <button type="button" class="go" onClick={onLeft}>
          {t('staff.left.title', { n: left })}
        </button>
      )}
      <button type="button" class={left > 0 ? undefined : 'go'} onClick={onList}>
        {t('staff.keys.to_cases')}
      </button>
    </div>
  )
}
