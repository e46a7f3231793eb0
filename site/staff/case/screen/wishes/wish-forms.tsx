// Offers to record a wish that a colleague heard, and to state whom the case is about.
import { useState } from 'preact/hooks'
import { useMessages } from '../../../i18n/messages.tsx'
import { ActionResult } from '../../../session/action-result.tsx'
import { useAction } from '../../../session/use-action.ts'
import { Form } from '../../../ui/form.tsx'
import { OpensForm } from '../../../ui/opens-form.tsx'
import { type Party } from '../../read/wish-rules.ts'
import { wishesOf } from '../../read/wishes-of.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { aboutFrom } from '../../write/wish-entry.ts'
import { CASE_MOVED, type CaseProps } from '../case-props.ts'
import { useWishWords } from './use-wish-words.ts'
import { WishForm, type WishFormProps } from './wish-form.tsx'
import { writeIn } from '../../write/write-in.ts'

export interface WishFormsProps extends Omit<WishFormProps, 'action'>, Pick<CaseProps, 'reload'> {
  form: 'wish' | 'about' | null
  setForm: (form: 'wish' | 'about') => void
}

export function WishForms(props: WishFormsProps) {
  const { form, setForm, reload } = props
  const { t } = useMessages()
  const action = useAction(reload, CASE_MOVED)
  const parts = { ...props, action }
  return (
    <>
      {form === null && (
        <div class="verbs">
          <OpensForm onOpen={() => setForm('wish')}>{t('staff.wish.write')}</OpensForm>
          <OpensForm onOpen={() => setForm('about')}>{t('staff.wish.about.open')}</OpensForm>
        </div>
      )}
      {form === 'wish' && <WishForm {...parts} />}
      {form === 'about' && <AboutForm {...parts} />}
      <ActionResult action={action} done={t('staff.wish.saved')} />
    </>
  )
}

/**
 * Lets a colleague select the letters and records that belong to the person whom the case is about.
 */
function AboutForm({ loaded, onSaved, onClose, action }: WishFormProps) {
  const { t } = useMessages()
  const writer = useCaseWriter()
  const { parties } = useWishWords([loaded])
  const [about, setAbout] = useState<readonly Party[]>(wishesOf(loaded).about)
  const save = async (): Promise<void> => {
    onSaved(await writeIn(writer(), loaded.sealed).entry(aboutFrom(about, Date.now())))
    onClose()
  }
  return (
    <Form onSubmit={() => action.run(save)}>
      <fieldset>
        <legend>{t('staff.wish.about')}</legend>
        <p class="hint">{t('staff.wish.about.hint')}</p>
        {parties.map(([party, name]) => (
          <label key={party} class="choice">
            <input
              type="checkbox"
              checked={about.includes(party)}
              onChange={({ currentTarget: { checked } }) =>
                setAbout(checked ? [...about, party] : about.filter((each) => each !== party))
              }
            />
            <span dir="auto">{name}</span>
          </label>
        ))}
      </fieldset>
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {t(about.length > 0 ? 'staff.record.save' : 'staff.wish.about.nobody')}
        </button>
        <button type="button" onClick={onClose}>
          {t('staff.record.drop')}
        </button>
      </div>
    </Form>
  )
}
