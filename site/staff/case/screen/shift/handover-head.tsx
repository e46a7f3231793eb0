// Shows colleagues' handover notes at the head of a case, until the person has read them. Pressing
// the button records in the log that they were read, and opens the next case that was handed over.
import { useRef } from 'preact/hooks'
import { momentInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { isDueFor, placeInShift } from '../../../search/list-handovers.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useAction } from '../../../session/use-action.ts'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { handoversOf, type HandoverWords } from '../../read/handovers-of.ts'
import { threadsOf } from '../../read/in-thread.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { readEntry } from '../../write/shift-entry.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { writeIn } from '../../write/write-in.ts'
import { CASE_MOVED } from '../case-props.ts'
import { WithCaseWords } from '../with-case-words.tsx'
import { useHandovers } from './use-handovers.ts'

interface HandoverHeadProps {
  loaded: LoadedReport
  reload: () => Promise<void>
  /** receives the key of the entry that marks the handovers as read */
  onSaved: (key: string) => void
  /** shows another case */
  onOpen: (id: string) => void
}

export function HandoverHead(props: HandoverHeadProps) {
  const { loaded } = props
  const { reader } = useHandovers()
  const isOpen = loaded.item.status !== 'closed'
  const due = handoversOf(threadsOf(loaded)).filter((each) => isOpen && isDueFor(each, reader))
  // The part stays visible after the button is pressed, because it confirms that everything has
  // been read.
  const wasShown = useRef(false)
  if (due.length > 0) wasShown.current = true
  if (!wasShown.current) return null
  return (
    <WithCaseWords isQuiet>
      <DueHandovers {...props} due={due} />
    </WithCaseWords>
  )
}

function DueHandovers({
  loaded,
  reload,
  onSaved,
  onOpen,
  due,
}: HandoverHeadProps & { due: readonly HandoverWords[] }) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const { all, due: dueOfAll, reader, noteRead } = useHandovers()
  const next = dueOfAll.find(({ goesOn }) => goesOn !== loaded.item.id)
  const [first] = due
  const read = async (): Promise<void> => {
    onSaved(await writeIn(writer(), loaded.sealed).entry(readEntry(due)))
    noteRead(due)
    if (next) onOpen(next.goesOn)
    else focusSoon('report-title')
  }
  const place = first && placeInShift(all, first, reader.me)
  return (
    <div class={due.length > 0 ? 'note handover' : 'handover'}>
      {due.map((each) => (
        <OneHandover key={`${each.caseId} ${each.n}`} handover={each} me={reader.me} />
      ))}
      {first && (
        <div class="verbs">
          <button type="button" aria-disabled={action.busy} onClick={() => action.run(read)}>
            {t(next ? 'staff.handover.next' : 'staff.handover.read')}
          </button>
          {place && place.m > 1 && <span>{t('staff.handover.place', place)}</span>}
        </div>
      )}
      <ActionResult action={action} done={t('staff.handover.done')} />
    </div>
  )
}

function OneHandover({ handover, me }: { handover: HandoverWords; me: string }) {
  const { t } = useMessages()
  const nameOf = useNames()
  const { from, to, at, text } = handover
  const name = nameOf(from)
  return (
    <section aria-label={t('staff.shift.one')} tabIndex={0}>
      <p class="by">
        <b>
          {to === null || to === me
            ? t('staff.handover.by', { name })
            : t('staff.handover.by_to', { name, to: nameOf(to) })}
        </b>{' '}
        {momentInDigits(at)}
      </p>
      <UntrustedText text={text} />
    </section>
  )
}
