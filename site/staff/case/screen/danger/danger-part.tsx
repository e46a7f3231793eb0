// Shows who set or lifted the danger of the case and why, or the form that changes it.
import { type ErrorCode } from '#protocol/errors'
import { useState } from 'preact/hooks'
import { momentInDigits } from '../../../i18n/dates.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useNames } from '../../../ledger/use-names.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { useAction } from '../../../session/use-action.ts'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { useRecordDraft } from '../../write/record-draft.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { DangerForm, dangerDraft } from './danger-form.tsx'

const TOO_LATE: readonly ErrorCode[] = [...CASE_MOVED, 'report_grew']

export function DangerPart(props: CaseProps) {
  const { loaded, reload } = props
  const { t } = useMessages()
  const nameOf = useNames()
  const action = useAction(reload, TOO_LATE)
  const [draft, setDraft] = useRecordDraft('danger', loaded.item.id)
  const [isNote, setIsNote] = useState(false)
  const last = loaded.entries.filter(({ entry }) => entry?.kind === 'danger').at(-1)
  return (
    <section aria-labelledby="danger-title">
      <h4 id="danger-title" tabIndex={-1}>
        {t(loaded.danger ? 'staff.danger.is' : 'staff.danger.none')}
      </h4>
      {last?.entry?.kind === 'danger' && (
        <div>
          <p class="by">
            {t(last.entry.isDanger ? 'staff.danger.set_by' : 'staff.danger.lifted_by', {
              name: nameOf(last.author),
            })}{' '}
            {momentInDigits(last.entry.at)}
          </p>
          <UntrustedText text={last.entry.text} />
        </div>
      )}
      {!draft && (
        <div class="verbs">
          <OpensForm onOpen={() => setDraft(dangerDraft('', !loaded.danger))}>
            {t(loaded.danger ? 'staff.danger.lift' : 'staff.danger.set')}
          </OpensForm>
          <ActionResult
            action={action}
            done={t(isNote ? 'staff.notes.saved' : 'staff.danger.saved')}
          />
        </div>
      )}
      {draft && (
        <DangerForm {...props} action={action} {...{ draft, setDraft }} onNote={setIsNote} />
      )}
    </section>
  )
}
