// Asks a colleague to type the number of reports before signing, so that nobody signs by mistake.
import { useState } from 'preact/hooks'
import { DISCARD_DELAY_MS } from '#protocol/staff/list/discard'
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { shownTotal } from '../session/shown-count.ts'
import { Field, Form } from '../ui/form.tsx'
import { type Counted } from './use-discard.ts'

interface ConfirmDiscardProps {
  counted: Counted
  busy: boolean
  onSign: () => void
}

export function ConfirmDiscard({ counted, busy, onSign }: ConfirmDiscardProps) {
  const { t } = useMessages()
  const [typed, setTyped] = useState('')
  const [isDifferent, setDifferent] = useState(false)
  const number = String(counted.stored + counted.waiting)
  const n = shownTotal(counted)
  const at = momentInDigits(new Date(Date.now() + DISCARD_DELAY_MS).toISOString())
  const submit = (): void => {
    if (typed.trim() === number) onSign()
    else setDifferent(true)
  }
  return (
    <section class="note" aria-labelledby="confirm-title">
      <h3 id="confirm-title">{t('staff.discard.confirm')}</h3>
      <p>{t('staff.discard.consequence', { n, at })}</p>
      <Form busy={busy} onSubmit={submit}>
        <Field
          label={t('staff.discard.number', { n: number })}
          value={typed}
          mistake={isDifferent ? t('staff.discard.differs') : null}
          onInput={(text) => {
            setTyped(text)
            setDifferent(false)
          }}
        />
        <button type="submit" class="go" aria-disabled={busy}>
          {t('staff.discard.sign', { n })}
        </button>
      </Form>
    </section>
  )
}
