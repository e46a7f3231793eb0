// Offers the certificate, and explains the new reader's next steps.
import { utf8 } from '#protocol/bytes'
import { type Certificate } from '#protocol/staff/people/people'
import { useMessages } from '../i18n/messages.tsx'
import { saveBytes } from '../ui/save-bytes.ts'
import { StepPage } from './step-page.tsx'

const CERTIFICATE_FILE = 'certificate.json'

interface StepDoneProps {
  certificate: Certificate
  onRestart: () => void
}

export function StepDone({ certificate, onRestart }: StepDoneProps) {
  const { t } = useMessages()
  const text = `${JSON.stringify(certificate, null, 2)}\n`
  return (
    <StepPage n={5} title={t('recovery.done.title')} onRestart={onRestart}>
      <p>{t('recovery.done.save')}</p>
      <button type="button" class="go" onClick={() => saveBytes(utf8(text), CERTIFICATE_FILE)}>
        {t('recovery.save', { name: CERTIFICATE_FILE })}
      </button>
      <p class="note" role="status">
        {t('recovery.done.wiped')}
      </p>
      <p>{t('recovery.done.then')}</p>
    </StepPage>
  )
}
