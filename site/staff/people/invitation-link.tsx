import { useMemo, useState } from 'preact/hooks'
import { qrCode } from '#site/components/paper/qr.ts'
import type { OpenInvitation } from '#protocol/staff/people/people'
import { useMessages } from '../i18n/messages.tsx'
import { DictatedCode } from './dictated-code.tsx'

export interface MadeLink {
  invitation: OpenInvitation
  address: string
  /** the moment when it expires, in digits */
  until: string
}

interface MadeLinkProps extends MadeLink {
  onAgain: () => void
}

/**
 * Shows the link once, with advice on how to use it. The link is shown as a QR code for the
 * colleague's camera, as lines to read out, and as text.
 */
export function InvitationLink({ invitation, address, until, onAgain }: MadeLinkProps) {
  const { t } = useMessages()
  const [copied, setCopied] = useState<boolean | null>(null)
  const code = useMemo(() => qrCode(address, 'L'), [address])
  const copy = (): void => {
    navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <>
      <p>{t('staff.invite.ready', { day: until })}</p>
      <svg
        class="qr"
        viewBox={`0 0 ${code.side} ${code.side}`}
        role="img"
        aria-label={t('staff.invite.qr')}
      >
        <path d={code.path} />
      </svg>
      <DictatedCode invitation={invitation} />
      <p class="link-text">{address}</p>
      <div class="verbs">
        <button type="button" onClick={copy}>
          {t('staff.invite.copy')}
        </button>
        <button type="button" onClick={onAgain}>
          {t('staff.invite.again')}
        </button>
      </div>
      <p role="status">
        {copied !== null && t(copied ? 'staff.invite.copied' : 'staff.invite.copy_by_hand')}
      </p>
      <h3>{t('staff.invite.how')}</h3>
      <ul>
        <li>{t('staff.invite.how.show')}</li>
        <li>{t('staff.invite.how.not')}</li>
        <li>{t('staff.invite.how.once')}</li>
        <li>{t('staff.invite.how.then')}</li>
      </ul>
    </>
  )
}
