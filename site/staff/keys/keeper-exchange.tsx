// Helps a reader to become a keeper, or to extend a keeper's certificate. Shows the digits, saves
// the request for the offline laptop, and accepts the certificate from the laptop.
import { useEffect, useRef, useState } from 'preact/hooks'
import { sendAction } from '../api/send-action.ts'
import { useMessages } from '../i18n/messages.tsx'
import { KeeperCertificate, keeperRequest } from '../ledger/keeper-request.ts'
import { useSeenLedger } from '../ledger/ledger-context.ts'
import { type WholeLedger } from '../ledger/verify-ledger.ts'
import { CertificateExchange } from '../session/certificate-exchange.tsx'
import { useSessionContext } from '../session/session-context.ts'
import { Digits } from '../ui/digits.tsx'

const REQUEST_NAME = 'keeper-request.txt'

interface KeeperExchangeProps {
  ledger: WholeLedger
  onDone: () => void
}

export function KeeperExchange({ ledger, onDone }: KeeperExchangeProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const { verify } = useSeenLedger()
  const [asked, setAsked] = useState<Awaited<ReturnType<typeof keeperRequest>> | null>(null)
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    void keeperRequest(keys, ledger).then(setAsked)
  }, [ledger])
  return (
    <details class="exchange" ref={details}>
      <summary>{t('staff.keys.keeper.ask')}</summary>
      <p>{t('staff.keys.keeper.ask.hint')}</p>
      {asked && (
        <>
          <Digits groups={asked.digits} />
          <CertificateExchange
            request={{ name: REQUEST_NAME, content: asked.file, command: 'renew' }}
            read={(json) => certificateFor(keys.personId, json)}
            send={async ({ signed }) => {
              await sendAction('keeper.certify', signed)
              await verify()
              // Closes the section, because the next request would show different digits.
              if (details.current) details.current.open = false
              onDone()
            }}
          />
        </>
      )}
    </details>
  )
}

/** @throws throws an error for another person's certificate */
function certificateFor(person: string, json: unknown): KeeperCertificate {
  const certificate = KeeperCertificate.parse(json)
  if (certificate.person !== person) throw new Error('the certificate is of another person')
  return certificate
}
