// Offers to merge two cases. The code for merging is fetched when the button is pressed.
import { useState } from 'preact/hooks'
import { useMessages } from '../../../i18n/messages.tsx'
import { useWholeLedger } from '../../../ledger/ledger-context.ts'
import { holdsRole } from '../../../ledger/read-roster.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useSessionContext } from '../../../session/session-context.ts'
import { useAction } from '../../../session/use-action.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { sendMerging } from '../../write/send-merging.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { CASE_MOVED } from '../case-props.ts'
import { LoadMerge } from '../team/load-team.tsx'

interface MergePartProps {
  loaded: LoadedReport
  reload: () => Promise<void>
}

export function MergePart({ loaded, reload }: MergePartProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const roster = useWholeLedger()?.roster
  const writer = useCaseWriter()
  const action = useAction(reload, CASE_MOVED)
  const [isOpen, setIsOpen] = useState(false)
  if (!roster || !holdsRole(roster, keys.personId, 'intake')) return null
  const close = (): void => {
    setIsOpen(false)
    focusSoon('merge-title')
  }
  const merge = (from: string, into: string): void =>
    action.run(async () => {
      await sendMerging(writer(), from, into)
      close()
    })
  return (
    <section class="merge" aria-labelledby="merge-title">
      <h4 id="merge-title" tabIndex={-1}>
        {t('staff.merge.title')}
      </h4>
      {isOpen ? (
        <LoadMerge loaded={loaded} busy={action.busy} onMerge={merge} onCancel={close} />
      ) : (
        <button type="button" onClick={() => setIsOpen(true)}>
          {t('staff.merge.open')}
        </button>
      )}
      <ActionResult action={action} done={t('staff.merge.done')} />
    </section>
  )
}
