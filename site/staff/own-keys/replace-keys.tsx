// Guides a person through making new keys when somebody else may know the old ones. Until the last
// step succeeds, nothing changes and the old keys stay valid.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import type { Challenge } from '#protocol/staff/people/sign-in'
import type { Slot } from '#protocol/staff/people/slots'
import { dayOf } from '#protocol/time'
import { fetchNewKeysOptions } from '../api/own-keys-api.ts'
import { makeKeys, type NewKeys } from '../crypto/make-keys.ts'
import { dayInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useLeaveWarning } from '../session/navigation.ts'
import { ProvePresence } from '../session/prove-presence.tsx'
import { useSessionContext } from '../session/session-context.ts'
import { useProof } from '../session/use-proof.tsx'
import { MakeSlots } from '../slots/make-slots.tsx'
import { type Frame } from '../ui/step-frame.ts'
import { sendNewKeys } from './send-new-keys.ts'
import { StepCard } from './step-card.tsx'

interface ReplaceKeysProps {
  /** the current ways to sign in; the person uses one of them to prove presence */
  slots: Slot[]
  onCancel: () => void
}

export function ReplaceKeys({ slots, onCancel }: ReplaceKeysProps) {
  const { t } = useMessages()
  const { me, keys, onNewKeys } = useSessionContext()
  const needsGrants = me.roles.includes('caseworker') && !me.roles.includes('intake')
  const proof = useProof()
  const [challenge, setChallenge] = useState<Challenge | null>(null)
  const made = useRef<NewKeys | null>(null)
  useEffect(() => () => void made.current?.master.fill(0), [])
  useLeaveWarning(() => challenge !== null)

  const fresh = (): NewKeys => {
    if (!made.current) throw new Error('keys are made after the proof of presence')
    return made.current
  }
  const begin = async (oldMaster: Bytes | null): Promise<void> => {
    oldMaster?.fill(0)
    made.current = await makeKeys()
    setChallenge(await fetchNewKeysOptions())
  }
  const frame: Frame = (title, content) => (
    <StepCard title={title} stop={t('staff.new_keys.stop')} onCancel={onCancel}>
      {content}
    </StepCard>
  )
  if (!challenge)
    return (
      <section class="card" aria-labelledby="new-keys-title">
        <h3 id="new-keys-title">{t('staff.new_keys.title')}</h3>
        <ul>
          <li>{t('staff.new_keys.ends')}</li>
          <li>{t('staff.new_keys.waits')}</li>
          <li>{t(needsGrants ? 'staff.new_keys.cases' : 'staff.new_keys.next')}</li>
          <li>{t('staff.new_keys.need')}</li>
        </ul>
        <ProvePresence
          lead={t('staff.new_keys.proof')}
          slots={slots}
          onProven={begin}
          onCancel={onCancel}
        />
      </section>
    )
  return (
    <MakeSlots
      frameOf={() => frame}
      // A device lists both passkeys, and the date distinguishes them.
      name={`${me.name} ${dayInDigits(dayOf(Date.now()))}`}
      options={challenge.options}
      master={() => fresh().master}
      attempt={proof}
      question={proof.question}
      sending={{ title: t('staff.new_keys.sending'), note: t('staff.new_keys.cut') }}
      send={async ({ response }, tested) => {
        const { challengeId } = challenge
        const passkey = { challengeId, response }
        const renewed = await sendNewKeys(keys, { passkey, keys: fresh().keys, slots: tested })
        await onNewKeys(renewed, fresh().master)
      }}
      renew={async () => setChallenge(await fetchNewKeysOptions())}
    />
  )
}
