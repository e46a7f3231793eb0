// Runs an action that needs a fresh proof of presence. When the edge asks for a proof, a question
// appears beside the action. After the proof, the action runs again, and the screen keeps the typed
// text.
import { type ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { useMessages } from '../i18n/messages.tsx'
import { type Attempt } from '../ui/use-attempt.ts'
import { ProvePresence } from './prove-presence.tsx'
import { useSessionAttempt, useSignedIn } from './session-context.ts'

export interface ProvenAttempt extends Pick<Attempt, 'busy' | 'why' | 'run'> {
  /** the question, for display beside the action; null until the edge asks for a proof */
  question: ComponentChildren
}

export function useProof(): ProvenAttempt {
  const { t } = useMessages()
  const { me } = useSignedIn()
  const { busy, why, run } = useSessionAttempt()
  const [asked, setAsked] = useState<{ act: () => Promise<void> } | null>(null)
  const runProven = (act: () => Promise<void>): void =>
    run(async () => {
      setAsked(null)
      try {
        await act()
      } catch (thrown) {
        if (!(thrown instanceof Refusal) || thrown.code !== 'prove_again') throw thrown
        setAsked({ act })
      }
    })
  const question = asked && (
    <ProvePresence
      lead={t('staff.proof.lead')}
      slots={me.slots}
      onProven={(master) => {
        master?.fill(0)
        runProven(asked.act)
        return Promise.resolve()
      }}
      onCancel={() => setAsked(null)}
    />
  )
  return { busy, why, run: runProven, question }
}
