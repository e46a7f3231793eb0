// Hands the case over to one colleague or to all colleagues, with a handover note.
import { useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { useAction } from '../../../session/use-action.ts'
import { Field, Form } from '../../../ui/form.tsx'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { useCaseColleagues } from '../../read/colleagues-in-case.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { GiveTick } from './give-tick.tsx'
import { useHandingOver } from './use-handing-over.ts'
import { useWhom, WhomField } from './whom-field.tsx'

interface HandoverProps extends CaseProps {
  /** begins a reply in a thread */
  onAsk: (thread: string) => void
}

const TOO_LATE: readonly ErrorCode[] = [...CASE_MOVED, 'assignee_changed', 'report_grew']

export function HandoverPart({ loaded, reload, onSaved, onAsk }: HandoverProps) {
  const { t } = useMessages()
  const colleagues = useCaseColleagues()
  const action = useAction(reload, TOO_LATE)
  const [text, setText] = useDraft(savedDraftKey('handover', loaded.item.id))
  const [to, setTo] = useWhom(savedDraftKey('handover_to', loaded.item.id), colleagues)
  const [isOpen, setIsOpen] = useState(text !== '' || to !== '')
  const handing = useHandingOver(loaded.item.id, to, loaded)
  const close = (): void => {
    setText('')
    setTo('')
    handing.setGiven(false)
    setIsOpen(false)
    focusSoon('notes-title')
  }
  const save = async (): Promise<void> => {
    onSaved(await handing.handOver(text))
    close()
  }
  if (!isOpen)
    return (
      <div class="verbs">
        <OpensForm onOpen={() => setIsOpen(true)}>{t('staff.shift.one')}</OpensForm>
        <ActionResult action={action} done={t('staff.shift.saved')} />
      </div>
    )
  return (
    <Form busy={action.busy} onSubmit={() => action.run(save)} onCancel={close}>
      <WhomField {...{ to, colleagues }} onChoose={setTo} />
      <Field
        label={t('staff.shift.text')}
        hint={t('staff.shift.text.hint')}
        value={text}
        onInput={setText}
        rows={3}
      />
      <GiveTick handing={handing} onAsk={onAsk} />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {t('staff.shift.go')}
        </button>
        <button type="button" onClick={close}>
          {t('staff.record.drop')}
        </button>
      </div>
      <ActionResult action={action} done="" />
    </Form>
  )
}
