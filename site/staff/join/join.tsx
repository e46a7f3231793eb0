// Leads through joining by an invitation: passkey, passphrase, paper. The account is made only
// after two ways to the master key were tested.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type NewSlot, type Me } from '#protocol/staff/people'
import { makeKeys, type NewKeys } from '../crypto/make-keys.ts'
import { NarrowPage } from '../ui/narrow-page.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { useAttempt } from '../ui/use-attempt.ts'
import { useLeaveWarning } from '../session/navigation.ts'
import { useMessages } from '../i18n/messages.tsx'
import { joinOasis, readInvitation, type ReadInvitation } from './join-oasis.ts'
import { StepName } from './step-name.tsx'
import { StepPaper } from './step-paper.tsx'
import { StepPassphrase } from './step-passphrase.tsx'
import { StepPasskey, type MadePasskey } from './step-passkey.tsx'

export interface JoinProps {
  /** base64url, from behind the # of the link */
  token: string
  /** the account exists; `master` unlocks it */
  onJoined: (me: Me, master: Bytes) => Promise<void>
  onLeave: () => Promise<void>
}

/** A passkey without PRF makes no slot, so a second sheet of paper takes its place. */
const NEEDED_SLOTS = 2

export function JoinPage({ token, onJoined, onLeave }: JoinProps) {
  const { t } = useMessages()
  const attempt = useAttempt()
  const [invitation, setInvitation] = useState<ReadInvitation | null>(null)
  const [name, setName] = useState<string | null>(null)
  const [passkey, setPasskey] = useState<MadePasskey | null>(null)
  const [passphrase, setPassphrase] = useState<string | null>(null)
  const [slots, setSlots] = useState<readonly NewSlot[]>([])
  const made = useRef<NewKeys | null>(null)

  const read = (): void =>
    attempt.run(async () => {
      const opened = await readInvitation(token)
      // A browser without X-Wing fetches a library here, so that no later step waits for it.
      made.current ??= await makeKeys()
      setInvitation(opened)
    })
  useEffect(read, [])
  // The link is out of the address by now, so a person who leaves half-way has to open it again.
  useLeaveWarning(() => name !== null)

  const finish = (tested: readonly NewSlot[]): void =>
    attempt.run(async () => {
      if (!invitation || name === null || !passkey || !made.current) return
      const fresh = made.current
      try {
        const me = await joinOasis({ invitation, name, made: fresh, slots: [...tested], passkey })
        await onJoined(me, fresh.master)
      } catch (thrown) {
        if (thrown instanceof Refusal && thrown.code === 'challenge_unknown') await askAnew(tested)
        throw thrown
      }
    })
  /** Asks for the passkey again when its challenge has expired. The tested paper stays. */
  const askAnew = async (tested: readonly NewSlot[]): Promise<void> => {
    setInvitation(await readInvitation(token))
    setSlots(tested.filter((slot) => slot.kind === 'passphrase'))
    setPasskey(null)
  }
  const add = (slot: NewSlot): void => {
    const tested = [...slots, slot]
    setSlots(tested)
    if (tested.length >= NEEDED_SLOTS) finish(tested)
  }
  const master = (): Bytes => {
    if (!made.current) throw new Error('keys are made with the invitation')
    return made.current.master
  }

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
  if (!passkey)
    return (
      <StepPasskey
        name={name}
        why={attempt.why}
        options={invitation.opened.options}
        master={master}
        onMade={(touched) => {
          setPasskey(touched)
          if (touched.slot) add(touched.slot)
        }}
      />
    )
  if (passphrase === null)
    return <StepPassphrase withoutPrf={!passkey.slot} onPassphrase={setPassphrase} />
  if (slots.length < NEEDED_SLOTS)
    return (
      <StepPaper
        key={slots.length}
        passphrase={passphrase}
        sheet={passkey.slot ? null : slots.length + 1}
        master={master}
        onTested={add}
      />
    )
  return (
    <NarrowPage title={t('staff.join.finishing')}>
      <ErrorMessage why={attempt.why} />
      {attempt.busy ? (
        <p role="status">{t('staff.loading')}</p>
      ) : (
        <button type="button" class="go" onClick={() => finish(slots)}>
          {t('staff.again')}
        </button>
      )}
    </NarrowPage>
  )
}
