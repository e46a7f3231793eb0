// On a phone, shows which side of the case is open, and the next action. Also shows the outcome of
// the last action, because the head of the case may be scrolled out of view.
import { useMessages } from '../../../i18n/messages.tsx'
import { NextAct, ActOutcome, type VerbProps } from './case-verbs.tsx'

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
      {hasOutcome && <ActOutcome acts={acts} />}
      {(['talk', 'inside'] as const).map((each) => (
        <button key={each} type="button" aria-pressed={side === each} onClick={() => onSide(each)}>
          {names[each]}
        </button>
      ))}
      <NextAct {...verbs} />
    </nav>
  )
}
