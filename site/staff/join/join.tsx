// Guides a newcomer through joining with an invitation: passkey, passphrase, paper. The account is
// created only after two ways to obtain the master key have been tested.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { type Me, type OpenInvitation } from '#protocol/staff/people/people'
import { makeKeys, type NewKeys } from '../crypto/make-keys.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useLeaveWarning } from '../session/navigation.ts'
import { MakeSlots } from '../slots/make-slots.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { NarrowPage } from '../ui/narrow-page.tsx'
import { type Frame } from '../ui/step-frame.ts'
import { useAttempt } from '../ui/use-attempt.ts'
import { joinOrganisation, readInvitation, type ReadInvitation } from './join-organisation.ts'
import { StepName } from './step-name.tsx'

export interface JoinProps {
  /** the link, taken from the fragment of the address */
  link: OpenInvitation
  /** called when the account exists; `master` unlocks it */
  onJoined: (me: Me, master: Bytes) => Promise<void>
  onLeave: () => Promise<void>
}

export function JoinPage({ link, onJoined, onLeave }: JoinProps) {
  const { t } = useMessages()
  const attempt = useAttempt()
  const [invitation, setInvitation] = useState<ReadInvitation | null>(null)
  const [name, setName] = useState<string | null>(null)
  const made = useRef<NewKeys | null>(null)

  const read = (): void =>
    attempt.run(async () => {
      const opened = await readInvitation(link)
      // A browser without X-Wing fetches a library here, so that no later step has to wait for it.
      made.current ??= await makeKeys()
      setInvitation(opened)
    })
  useEffect(read, [])
  // The link has been removed from the address, so a person who leaves half-way has to open it
  // again.
  useLeaveWarning(() => name !== null)

  const master = (): Bytes => {
    if (!made.current) throw new Error('keys are made with the invitation')
    return made.current.master
  }

  const frameOf =
    (n: number): Frame =>
    (title, content) => (
      <NarrowPage title={title} step={t('staff.join.step', { n })}>
        {content}
      </NarrowPage>
    )

  if (!invitation)
    return (
      <NarrowPage title={t('staff.join.title')}>
        <ErrorMessage why={attempt.why} />
        {attempt.why === null ? (
          <p role="status">{t('staff.loading')}</p>
        ) : (
          <div class="verbs">
            <button type="button" class="go" onClick={read}>
              {t('staff.again')}
            </button>
            <button type="button" onClick={() => void onLeave()}>
              {t('staff.join.have_account')}
            </button>
          </div>
        )}
      </NarrowPage>
    )
  if (name === null)
    return <StepName roles={invitation.opened.roles} onName={setName} onLeave={onLeave} />
  return (
    <MakeSlots
      frameOf={frameOf}
      name={name}
      options={invitation.opened.options}
      master={master}
      attempt={attempt}
      sending={{ title: t('staff.join.finishing'), note: null }}
      send={async (passkey, slots) => {
        if (!made.current) return
        const me = await joinOrganisation({ invitation, name, made: made.current, slots, passkey })
        await onJoined(me, made.current.master)
      }}
      renew={async () => setInvitation(await readInvitation(link))}
    />
  )
}
