// Shows cases that may be about the same matter as the open case, and explains why. Pressing a case
// links it with the open case.
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { useMessages } from '../../../i18n/messages.tsx'
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { useReading, useSuggestions, type Suggestion } from '../../../search/case-index.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { useAction } from '../../../session/use-action.ts'
import { linksOf } from '../../read/links-of.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { sendLink } from '../../write/send-link.ts'
import { CASE_MOVED } from '../case-props.ts'

interface SimilarProps {
  loaded: LoadedReport
  reload: () => Promise<void>
  /** shows the other case */
  onOpen: (id: string) => void
}

export function SimilarCases({ loaded, reload, onOpen }: SimilarProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const whole = useWholeLedger()
  const suggest = useSuggestions()
  const isReading = useReading() !== null
  const action = useAction(reload, CASE_MOVED)
  const [found, setFound] = useState<readonly Suggestion[]>([])
  const { id } = loaded.item
  useEffect(() => {
    let isGone = false
    void suggest(id).then((list) => !isGone && setFound(list))
    return () => void (isGone = true)
  }, [id, loaded, isReading])

  const linked = new Set(linksOf(loaded.entries).map(({ caseId }) => caseId))
  const shown = found.filter((each) => !linked.has(each.id))
  if (shown.length === 0 && !action.done && action.why === null) return null
  const link = async (other: string): Promise<void> => {
    if (!whole) throw new Refusal('ledger_broken')
    await sendLink({ keys, roster: whole.roster }, loaded.sealed, other, '')
    // The linked case disappears from this list together with its button.
    focusSoon('similar-title')
  }
  return (
    <section class="similar" aria-labelledby="similar-title">
      <h4 id="similar-title" tabIndex={-1}>
        {t('staff.similar.title')}
      </h4>
      <p class="hint">{t('staff.similar.lead')}</p>
      <ul>
        {shown.map((each) => (
          <li key={each.id}>
            <SimilarName suggestion={each} onOpen={onOpen} />
            <p class="why" dir="auto">
              {each.why
                .map(({ kind, text }) => t(`staff.similar.why.${kind}`, { what: text }))
                .join(' · ')}
            </p>
            <button
              type="button"
              aria-disabled={action.busy}
              aria-describedby={`similar-${each.id}`}
              onClick={() => action.run(() => link(each.id))}
            >
              {t('staff.similar.link')}
            </button>
          </li>
        ))}
      </ul>
      <ActionResult action={action} done={t('staff.similar.linked')} />
    </section>
  )
}

function SimilarName({
  suggestion: { id, title },
  onOpen,
}: {
  suggestion: Suggestion
  onOpen: (id: string) => void
}) {
  const { t } = useMessages()
  const name = title === '' ? t('staff.similar.untitled') : title
  return (
    <button
      type="button"
      class="as-text"
      id={`similar-${id}`}
      dir="auto"
      onClick={() => onOpen(id)}
    >
      {name}
    </button>
  )
}
