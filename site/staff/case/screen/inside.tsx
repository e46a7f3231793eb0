// Shows the staff's side of a case, which the person who wrote to us cannot read. The app fetches
// this code after it has shown the person's words.
import { useState } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { type CaseProps } from './case-props.ts'
import { AttemptsPart } from './attempts/attempts-part.tsx'
import { DangerPart } from './danger/danger-part.tsx'
import { HelpGivenPart } from './help/help-part.tsx'
import { LinksPart } from './links/links-part.tsx'
import { SimilarCases } from './links/similar-cases.tsx'
import { MergePart } from './merge/merge-part.tsx'
import { Notes } from './notes/notes.tsx'
import { Persons } from './persons/persons.tsx'
import { CaseReferrals } from './referral/referral-part.tsx'
import { PrintPart } from './print-part.tsx'
import { SummaryPart } from './records/summary-part.tsx'
import { HandoverPart } from './shift/handover-part.tsx'
import { TasksPart } from './tasks/tasks-part.tsx'
import { AssigneePart } from './team/assignee-part.tsx'
import { MergedNotes } from './threads/merged-notes.tsx'
import { Timeline } from './timeline/timeline.tsx'
import { WithCaseWords } from './with-case-words.tsx'

export interface InsideProps extends CaseProps {
  /** shows another case */
  onOpen: (id: string) => void
  /** begins a reply in a thread */
  onAsk: (thread: string) => void
  /** called when this person can no longer open the case */
  onGone: () => void
}

export function CaseInside(props: InsideProps) {
  const { t } = useMessages()
  /** increases each time another part opens the danger form */
  const [begun, setBegun] = useState(0)
  return (
    <WithCaseWords>
      <h3 id="inside-title" tabIndex={-1}>
        {t('staff.inside.title')}
      </h3>
      <Notes {...props} />
      <TasksPart {...props} onDanger={() => setBegun(begun + 1)} />
      <AttemptsPart {...props} />
      <HelpGivenPart {...props} />
      <CaseReferrals {...props} />
      <AssigneePart {...props} />
      <Persons {...props} />
      <SummaryPart {...props} />
      <DangerPart key={begun} {...props} />
      <LinksPart {...props} />
      <SimilarCases {...props} />
      <MergedNotes {...props} />
      <HandoverPart {...props} />
      <MergePart {...props} />
      <Timeline loaded={props.loaded} />
      <PrintPart />
    </WithCaseWords>
  )
}
