// Records a wish that a colleague heard: whose wish it is, its content, who heard it, and when and
// how.
import { useState } from 'preact/hooks'
import { HEARD_BY, WISHES } from '../../../crypto/case-entry.ts'
import { ownValue } from '../../../crypto/prototype-guard.ts'
import { useMessages } from '../../../i18n/messages.tsx'
import { useSessionContext } from '../../../session/session-context.ts'
import { type SessionAction } from '../../../session/use-action.ts'
import { Field, Form } from '../../../ui/form.tsx'
import { MomentField, SelectField } from '../../../ui/select-field.tsx'
import { useCaseColleagues } from '../../read/colleagues-in-case.ts'
import { wishesOf } from '../../read/wishes-of.ts'
import { useRecordDraft, type RecordFields } from '../../write/record-draft.ts'
import { useCaseWriter } from '../../write/use-case-writer.ts'
import { localMinute, wishFrom } from '../../write/wish-entry.ts'
import { type CaseProps } from '../case-props.ts'
import { useWishWords } from './use-wish-words.ts'
import { writeIn } from '../../write/write-in.ts'

export interface WishFormProps extends Pick<CaseProps, 'loaded' | 'onSaved'> {
  onClose: () => void
  action: SessionAction
}

export function WishForm({ loaded, onSaved, onClose, action }: WishFormProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const writer = useCaseWriter()
  const colleagues = useCaseColleagues()
  const { parties } = useWishWords([loaded])
  const [draft, setDraft] = useRecordDraft('wish', loaded.item.id)
  const [isMissing, setIsMissing] = useState(false)
  const { about } = wishesOf(loaded)
  const [only] = parties.length === 1 ? parties : []
  const fields: RecordFields = draft?.fields ?? {
    ...{ of: about[0] ?? only?.[0] ?? '', wish: '', how: 'call', by: keys.personId, text: '' },
    when: localMinute(Date.now()),
  }
  const set = (name: string) => (value: string) =>
    setDraft({ base: 0, fields: { ...fields, [name]: value } })
  const valueOf = (name: string): string => ownValue(fields, name) ?? ''
  const close = (): void => {
    setDraft(null)
    onClose()
  }
  const save = (): void => {
    const entry = wishFrom(fields, Date.now())
    setIsMissing(entry === null)
    if (entry)
      action.run(async () => {
        onSaved(await writeIn(writer(), loaded.sealed).entry(entry))
        close()
      })
  }
  return (
    <Form busy={action.busy} onSubmit={save} onCancel={close}>
      <SelectField
        label={t('staff.wish.whose')}
        value={valueOf('of')}
        options={[['', t('staff.wish.choose')], ...parties]}
        onChange={set('of')}
      />
      <SelectField
        label={t('staff.wish.what')}
        value={valueOf('wish')}
        options={[
          ['', t('staff.wish.choose')],
          ...WISHES.map((each) => [each, t(`staff.consent.${each}`)] as const),
        ]}
        onChange={set('wish')}
      />
      <SelectField
        label={t('staff.wish.how')}
        value={valueOf('how')}
        options={HEARD_BY.map((each) => [each, t(`staff.wish.how.${each}`)])}
        onChange={set('how')}
      />
      <MomentField
        label={t('staff.wish.when')}
        value={valueOf('when')}
        max={localMinute(Date.now())}
        onInput={set('when')}
      />
      <SelectField
        label={t('staff.wish.by')}
        value={valueOf('by')}
        options={colleagues}
        onChange={set('by')}
      />
      <Field
        label={t('staff.wish.text')}
        hint={t('staff.wish.text.hint')}
        value={valueOf('text')}
        onInput={set('text')}
        rows={2}
      />
      {isMissing && (
        <p class="mistake" role="alert">
          {t('staff.wish.missing')}
        </p>
      )}
      <div class="verbs">
        <button type="submit" class="go" aria-disabled={action.busy}>
          {t('staff.record.save')}
        </button>
        <button type="button" onClick={close}>
          {t('staff.record.drop')}
        </button>
      </div>
    </Form>
  )
}
