// Shows who set or lifted the danger of the case and why, and changes it with a reason.
import { Refusal, type ErrorCode } from '#protocol/errors'
import { hasWords } from '#protocol/report/plain-report'
import { minuteOf } from '#protocol/time'
import { useState } from 'preact/hooks'
import { savedDraftKey } from '../../crypto/drafts.ts'
import { momentInDigits } from '../../i18n/dates.ts'
import { useMessages } from '../../i18n/messages.tsx'
import { ActionResult } from '../../session/action-result.tsx'
import { focusSoon } from '../../session/navigation.ts'
import { useDraft } from '../../session/unsent-drafts.tsx'
import { useAction } from '../../session/use-action.ts'
import { Field, Form } from '../../ui/form.tsx'
import { UntrustedText } from '../../ui/untrusted-text.tsx'
import { CASE_MOVED, useCaseWriter, type CaseProps } from '../case-props.ts'
import { useNameOf } from '../colleagues-in-case.ts'
import { sendDanger } from './send-danger.ts'

const TOO_LATE: readonly ErrorCode[] = [...CASE_MOVED, 'report_grew']

export function DangerPart({ loaded, reload, onSaved }: CaseProps) {
  const { t } = useMessages()
  const nameOf = useNameOf()
  const writer = useCaseWriter()
  const action = useAction(reload, TOO_LATE)
  const [text, setText] = useDraft(savedDraftKey('danger', loaded.item.id))
  const [isOpen, setIsOpen] = useState(text !== '')
  const last = loaded.entries.filter(({ entry }) => entry?.kind === 'danger').at(-1)
  const close = (): void => {
    setText('')
    setIsOpen(false)
    focusSoon('danger-title')
  }
  const save = async (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    const isDanger = !loaded.danger
    const entry = { v: 1, kind: 'danger', at: minuteOf(Date.now()), text, isDanger } as const
    onSaved(await sendDanger(writer(), loaded.sealed, entry))
    close()
  }
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
      {!isOpen && (
        <div class="verbs">
          <button type="button" onClick={() => setIsOpen(true)}>
            {t(loaded.danger ? 'staff.danger.lift' : 'staff.danger.set')}
          </button>
          <ActionResult action={action} done={t('staff.danger.saved')} />
        </div>
      )}
      {isOpen && (
        <Form onSubmit={() => action.run(save)}>
          <Field
            label={t(loaded.danger ? 'staff.danger.lift.why' : 'staff.danger.set.why')}
            hint={t('staff.danger.hint')}
            value={text}
            onInput={setText}
            rows={2}
          />
          <div class="verbs">
            <button type="submit" class="go" aria-disabled={action.busy}>
              {t(loaded.danger ? 'staff.danger.lift' : 'staff.danger.set')}
            </button>
            <button type="button" onClick={close}>
              {t('staff.people.not_yet')}
            </button>
          </div>
          <ActionResult action={action} done="" />
        </Form>
      )}
    </section>
  )
}
