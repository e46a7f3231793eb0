import { useState } from 'preact/hooks'
import { MAX_PERSON_NAME, type Role } from '#protocol/staff/fields'
import { NarrowPage } from '../ui/narrow-page.tsx'
import { Field, Form } from '../ui/form.tsx'
import { useMessages } from '../i18n/messages.tsx'

interface StepNameProps {
  roles: Role[]
  onName: (name: string) => void
  onLeave: () => Promise<void>
}

/** Shows the roles in the invitation and the next steps, and asks for the newcomer's name. */
export function StepName({ roles, onName, onLeave }: StepNameProps) {
  const { t } = useMessages()
  const [name, setName] = useState('')
  const [mistake, setMistake] = useState<string | null>(null)
  const next = (): void => {
    if (name.trim()) onName(name.trim())
    else setMistake(t('staff.join.name.empty'))
  }
  return (
    <NarrowPage title={t('staff.join.title')} step={t('staff.join.step', { n: 1 })}>
      <p>{t('staff.join.lead')}</p>
      <ul>
        {roles.map((role) => (
          <li key={role}>
            <b>{t(`staff.role.${role}`)}</b>: {t(`staff.role.${role}.means`)}
          </li>
        ))}
      </ul>
      <p>{t('staff.join.need')}</p>
      <Form onSubmit={next}>
        <Field
          label={t('staff.join.name')}
          hint={t('staff.join.name.hint')}
          mistake={mistake}
          value={name}
          onInput={setName}
          autocomplete="name"
          maxLength={MAX_PERSON_NAME}
        />
        <button type="submit" class="go">
          {t('staff.next')}
        </button>
      </Form>
      <button type="button" class="plain" onClick={() => void onLeave()}>
        {t('staff.join.have_account')}
      </button>
    </NarrowPage>
  )
}
