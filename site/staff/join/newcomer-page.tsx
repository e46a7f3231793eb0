// Shows a newcomer the digits until a colleague confirms them. The newcomer reads the digits out to
// the colleague, which reveals whether a server has swapped the keys.
import { type Bytes } from '#protocol/bytes'
import { Certificate, type Me } from '#protocol/staff/people/people'
import { sendAction } from '../api/send-action.ts'
import { type OpenOwnKeys } from '../crypto/unlock.ts'
import { useMessages } from '../i18n/messages.tsx'
import { CertificateExchange } from '../session/certificate-exchange.tsx'
import { useIdleLock } from '../session/idle-lock.ts'
import { NewcomerContext } from '../session/session-context.ts'
import { Digits } from '../ui/digits.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { NarrowPage } from '../ui/narrow-page.tsx'
import { useConfirmation } from './use-confirmation.ts'

export interface NewcomerProps {
  me: Me
  keys: OpenOwnKeys
  /** the pinned root key, 65 bytes */
  root: Bytes
  onConfirmed: (me: Me) => Promise<void>
  onLock: () => void
  onSignOut: () => void
  /** called when the session is over */
  onLeave: () => void
}

export function NewcomerPage(props: NewcomerProps) {
  const { me, keys, root, onConfirmed, onLock, onSignOut, onLeave } = props
  const { t } = useMessages()
  const { own, why, isOut, ask } = useConfirmation(root, keys, onConfirmed)
  useIdleLock(onLock)
  if (isOut)
    return (
      <NarrowPage title={t('staff.newcomer.out.title')}>
        <p class="refused" role="alert">
          {t('staff.newcomer.out')}
        </p>
        <button type="button" class="go" onClick={onLeave}>
          {t('staff.newcomer.out.go')}
        </button>
      </NarrowPage>
    )
  const isFirst = own !== null && own.request !== null
  const isRenewed = own?.hasNewKeys === true
  const lead = isFirst ? 'staff.newcomer.first' : 'staff.newcomer.lead'
  return (
    <NarrowPage title={t('staff.newcomer.title', { name: me.name })}>
      {own && <p>{t(isRenewed ? 'staff.newcomer.renewed' : lead)}</p>}
      {own && <Digits groups={own.digits} />}
      {!isFirst && (
        <ol class="advice">
          <li>{t(isRenewed ? 'staff.newcomer.renewed.call' : 'staff.newcomer.call')}</li>
          <li>{t('staff.newcomer.read')}</li>
          <li>{t('staff.newcomer.never_chat')}</li>
          {isRenewed && <li>{t('staff.newcomer.renewed.tidy')}</li>}
        </ol>
      )}
      {own?.request && (
        <NewcomerContext.Provider value={{ me, onSignedOut: onLeave }}>
          <CertificateExchange
            request={{ name: 'request.txt', content: own.request, command: 'certify' }}
            read={(json) => certificateFor(me.id, json)}
            send={async (certificate) => {
              await sendAction('person.certify', certificate)
              await ask()
            }}
          />
        </NewcomerContext.Provider>
      )}
      <ErrorMessage why={why} />
      <p role="status" class="note">
        {t(own ? 'staff.newcomer.waiting' : 'staff.newcomer.finding')}
      </p>
      <button type="button" class="plain" onClick={onSignOut}>
        {t('staff.signout')}
      </button>
    </NarrowPage>
  )
}

/** @throws throws an error for another person's certificate */
function certificateFor(person: string, json: unknown): Certificate {
  const certificate = Certificate.parse(json)
  if (certificate.person !== person) throw new Error('the certificate is of another person')
  return certificate
}
