// Lets the first member carry a request to the offline laptop and bring the certificate back. No
// colleague can confirm the first member.
import { useId, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Certificate } from '#protocol/staff/people'
import { postCertificate } from '../api/staff-api.ts'
import { useMessages } from '../i18n/messages.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { saveBytes } from '../ui/save-bytes.ts'
import { useAttempt } from '../ui/use-attempt.ts'

const REQUEST_NAME = 'request.txt'

interface CertificateExchangeProps {
  personId: string
  /** the content of request.txt */
  request: Bytes
  /** the edge has taken the certificate */
  onSent: () => Promise<void>
}

export function CertificateExchange({ personId, request, onSent }: CertificateExchangeProps) {
  const { t } = useMessages()
  const id = useId()
  const attempt = useAttempt()
  const [isWrong, setIsWrong] = useState(false)
  const bring = (file: File | undefined): void => {
    if (!file) return
    attempt.run(async () => {
      const certificate = await readCertificate(file)
      const fits = certificate?.person === personId
      setIsWrong(!fits)
      if (!fits) return
      await postCertificate(certificate)
      await onSent()
    })
  }
  return (
    <ol class="advice">
      <li>
        <p>{t('staff.newcomer.first.save')}</p>
        <button type="button" class="go" onClick={() => saveBytes(request, REQUEST_NAME)}>
          {t('staff.newcomer.first.save.go', { name: REQUEST_NAME })}
        </button>
      </li>
      <li>
        <p>{t('staff.newcomer.first.certify')}</p>
        <p class="link-text">npm run org -- certify {REQUEST_NAME}</p>
      </li>
      <li>
        <p>{t('staff.newcomer.first.bring')}</p>
        <div class="field">
          <label class="attach" for={id}>
            {t('staff.newcomer.first.bring.go')}
          </label>
          <input
            id={id}
            type="file"
            accept=".json,application/json"
            disabled={attempt.busy}
            aria-invalid={isWrong ? true : undefined}
            aria-describedby={isWrong ? `${id}-mistake` : undefined}
            onChange={({ currentTarget }) => bring(currentTarget.files?.[0])}
          />
          {isWrong && (
            <p class="mistake" id={`${id}-mistake`} role="alert">
              {t('staff.newcomer.first.bring.wrong')}
            </p>
          )}
        </div>
        <ErrorMessage why={attempt.why} />
      </li>
    </ol>
  )
}

/** @returns null for a file that is no certificate */
async function readCertificate(file: File): Promise<Certificate | null> {
  try {
    return Certificate.parse(JSON.parse(await file.text()))
  } catch {
    return null
  }
}
