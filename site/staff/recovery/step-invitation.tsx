// Offers the invitation that the root signed: the SQL for the database, and the link.
import { utf8 } from '#protocol/bytes'
import { INVITATION_HOURS } from '#protocol/staff/ledger/rows'
import { invitationLink } from '../crypto/invitation-link.ts'
import { useMessages } from '../i18n/messages.tsx'
import { saveBytes } from '../ui/save-bytes.ts'
import { REQUEST_NAME } from './join-request.ts'
import { INVITE_FILE, type InvitedLedger } from './root-rows.ts'
import { StepPage } from './step-page.tsx'

const LINK_FILE = 'invitation.txt'

interface StepInvitationProps {
  invited: InvitedLedger
  onNext: () => void
  onRestart: () => void
}

export function StepInvitation({ invited, onNext, onRestart }: StepInvitationProps) {
  const { t } = useMessages()
  const link = invitationLink('', invited.invitation)
  const request = { name: REQUEST_NAME }
  return (
    <StepPage n={4} title={t('recovery.invite.title')} onRestart={onRestart}>
      <p>{t('recovery.invite.save')}</p>
      <button type="button" class="go" onClick={() => saveBytes(utf8(invited.sql), INVITE_FILE)}>
        {t('recovery.save', { name: INVITE_FILE })}
      </button>
      <p>{t('recovery.invite.link', { hours: INVITATION_HOURS })}</p>
      <p class="link-text">{link}</p>
      <button type="button" onClick={() => saveBytes(utf8(`${link}\n`), LINK_FILE)}>
        {t('recovery.invite.link.save')}
      </button>
      <p>{t('recovery.invite.wait', request)}</p>
      <button type="button" onClick={onNext}>
        {t('recovery.invite.next', request)}
      </button>
    </StepPage>
  )
}
