// Shows on a phone which side of the case is open, the action that comes next, and what became of
// the last one, because the head of the case may be out of sight.
import { useMessages } from '../../../i18n/messages.tsx'
import { NextAct, Outcome, type VerbProps } from './case-verbs.tsx'

export type CaseSide = 'talk' | 'inside'

interface CaseTabsProps extends VerbProps {
  side: CaseSide
  onSide: (side: CaseSide) => void
}

export function CaseTabs({ side, onSide, ...verbs }: CaseTabsProps) {
  const { t } = useMessages()
  const { acts, hasOutcome } = verbs
  const names = { talk: t('staff.thread.title'), inside: t('staff.inside.short') }
  return (
    <nav
      class="case-tabs"
      aria-label={t('staff.report.title')}
      ref={hasOutcome ? acts.group : null}
      tabIndex={-1}
    >
      {hasOutcome && <Outcome acts={acts} />}
      {(['talk', 'inside'] as const).map((each) => (
        <button key={each} type="button" aria-pressed={side === each} onClick={() => onSide(each)}>
          {names[each]}
        </button>
      ))}
      <NextAct {...verbs} />
    </nav>
  )
}
