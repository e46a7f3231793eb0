// Guides a person through carrying a request to the offline laptop and bringing the certificate
// back. No colleague can confirm the first member or a keeper.
import { useId, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { useMessages } from '../i18n/messages.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { saveBytes } from '../ui/save-bytes.ts'
import { useProof } from './use-proof.tsx'

interface CertificateExchangeProps<Certificate> {
  /** the request, its name, and the command on the laptop that reads it */
  request: { name: string; content: Bytes; command: string }
  /** @returns reads the certificate from a parsed JSON file; throws for any other file */
  read: (json: unknown) => Certificate
  send: (certificate: Certificate) => Promise<void>
}

export function CertificateExchange<Certificate>({
  request: { name, content, command },
  read,
  send,
}: CertificateExchangeProps<Certificate>) {
  const { t } = useMessages()
  const id = useId()
  const proof = useProof()
  const [isWrong, setIsWrong] = useState(false)
  const bring = (file: File | undefined): void => {
    if (!file) return
    proof.run(async () => {
      const found = await readFile(file, read)
      setIsWrong(found === null)
      if (found) await send(found.certificate)
    })
  }
  return (
    <ol class="advice">
      <li>
        <p>{t('staff.newcomer.first.save')}</p>
        <button type="button" class="go" onClick={() => saveBytes(content, name)}>
          {t('staff.newcomer.first.save.go', { name })}
        </button>
      </li>
      <li>
        <p>{t('staff.newcomer.first.certify')}</p>
        <p class="link-text">
          npm run org -- {command} ../{name}
        </p>
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
            disabled={proof.busy}
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
        {proof.question}
        <ErrorMessage why={proof.why} />
      </li>
    </ol>
  )
}

/** @returns null for a file that is not a certificate */
async function readFile<Certificate>(
  file: File,
  read: (json: unknown) => Certificate,
): Promise<{ certificate: Certificate } | null> {
  try {
    return { certificate: read(JSON.parse(await file.text())) }
  } catch {
    return null
  }
}
