// Finds another case by its words or its number, and links the two cases.
import { useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { id as CaseId } from '#protocol/staff/fields'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useCaseIndex } from '../../../search/case-index.ts'
import { ActionResult } from '../../../session/action-result.tsx'
import { focusSoon } from '../../../session/navigation.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { useAction } from '../../../session/use-action.ts'
import { Field, Form } from '../../../ui/form.tsx'
import { sendLink } from '../../write/send-link.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'

/** The maximum number of cases that a search offers. */
const SHOWN = 6

interface NewLinkProps extends CaseProps {
  onClose: () => void
}

export function NewLink({ loaded, reload, onClose }: NewLinkProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const index = useCaseIndex()
  const action = useAction(reload, CASE_MOVED)
  const [sought, setSought] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [text, setText] = useDraft(savedDraftKey('link', loaded.item.id))
  const { id } = loaded.item
  const typed = sought.trim()
  const found = (index.search(typed) ?? []).filter((each) => each.id !== id).slice(0, SHOWN)
  const other = chosen ?? (CaseId.safeParse(typed).success ? typed : null)
  const close = (): void => {
    setText('')
    onClose()
    focusSoon('links-title')
  }
  const save = async (): Promise<void> => {
    if (other === null) throw new Refusal('not_found')
    await sendLink(writer(), loaded.sealed, other, text.trim())
    close()
  }
  return (
    <Form busy={action.busy} onSubmit={() => action.run(save)} onCancel={close}>
      <Field
        label={t('staff.link.find')}
        hint={t('staff.link.find.hint')}
        value={sought}
        onInput={(next) => {
          setSought(next)
          setChosen(null)
        }}
      />
      {found.length > 0 && (
        <fieldset>
          <legend>{t('staff.link.found')}</legend>
          {found.map((each) => (
            <label key={each.id} class="choice">
              <input
                type="radio"
                name="linked-case"
                checked={chosen === each.id}
                onChange={() => setChosen(each.id)}
              />
              <span dir="auto">
                <b>{index.cases.get(each.id)?.title}</b>
                <small>{each.excerpt().join('')}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <Field label={t('staff.link.why')} value={text} onInput={setText} rows={2} />
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {t('staff.link.save')}
        </button>
        <button type="button" onClick={close}>
          {t('staff.record.drop')}
        </button>
      </div>
      <ActionResult action={action} done="" />
    </Form>
  )
}
