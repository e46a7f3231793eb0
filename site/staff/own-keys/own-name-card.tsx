// Changes the person's own name. The person signs a hash of the name, so that colleagues can tell
// that the server did not change it.
import { useState } from 'preact/hooks'
import { MAX_PERSON_NAME } from '#protocol/staff/fields'
import { type PersonRename } from '#protocol/staff/ledger/rows'
import { sendAction } from '../api/send-action.ts'
import { sendSigned } from '../api/send-signed.ts'
import { saltName } from '../crypto/person-name.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { Field, Form } from '../ui/form.tsx'

export function OwnNameCard({ onDone }: { onDone: () => void }) {
  const { t } = useMessages()
  const { me, keys, onOwn } = useSessionContext()
  const { verify } = useSeenLedger()
  const proof = useProof()
  const [typed, setTyped] = useState(me.name)
  const [mistake, setMistake] = useState<string | null>(null)
  const rename = async (): Promise<void> => {
    const { name, salt, nameHash } = await saltName(typed)
    const change: PersonRename = { nameHash }
    const row = { action: 'person.rename', subject: keys.personId, change } as const
    await sendSigned(keys, row, (signed) => sendAction('person.rename', { name, salt, signed }))
    onOwn({ name })
    onDone()
    void verify()
  }
  const send = (): void => {
    if (typed.trim()) proof.run(rename)
    else setMistake(t('staff.join.name.empty'))
  }
  return (
    <section class="card" aria-labelledby="own-name-title">
      <header>
        <h3 id="own-name-title">{t('staff.join.name')}</h3>
      </header>
      <Form busy={proof.busy} onSubmit={send}>
        <Field
          label={t('staff.join.name')}
          hint={t('staff.names.own.hint')}
          mistake={mistake}
          value={typed}
          onInput={setTyped}
          autocomplete="name"
          maxLength={MAX_PERSON_NAME}
        />
        <ErrorMessage why={proof.why} />
        <div class="verbs">
          <button type="submit" disabled={typed.trim() === me.name} aria-disabled={proof.busy}>
            {t('staff.names.own.go')}
          </button>
        </div>
      </Form>
      {proof.question}
    </section>
  )
}
