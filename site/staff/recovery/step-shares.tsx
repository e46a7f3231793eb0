// Asks for two shares, and checks each as it is typed: the checksum, the organisation, and whether
// the sheets differ.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { useMessages } from '../i18n/messages.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { Field, Form } from '../ui/form.tsx'
import { painted, useAttempt } from '../ui/use-attempt.ts'
import {
  readShare,
  recoveryKeyOf,
  requireTwoShares,
  SHARE_CHARACTERS,
  type Share,
} from './shares.ts'
import { StepPage } from './step-page.tsx'

interface StepSharesProps {
  /** the recovery keys in the export, 1,216 bytes each */
  recoveryKeys: readonly Bytes[]
  /** may throw a RecoveryFault, which is shown */
  onShares: (texts: readonly string[]) => Promise<void>
  onRestart: () => void
}

interface Typed {
  text: string
  share: Share | null
  why: unknown
}

const EMPTY: Typed = { text: '', share: null, why: null }
const SHARES_TYPED = 2

const lengthOf = (text: string): number => text.replace(/[\s-]/g, '').length

export function StepShares({ recoveryKeys, onShares, onRestart }: StepSharesProps) {
  const { t, sentence } = useMessages()
  const [typed, setTyped] = useState<readonly Typed[]>([EMPTY, EMPTY])
  const attempt = useAttempt()

  const check = async (text: string, other: Share | null): Promise<Typed> => {
    // A person who is still typing is not interrupted.
    if (lengthOf(text) < SHARE_CHARACTERS) return { ...EMPTY, text }
    try {
      const share = await readShare(text)
      await recoveryKeyOf(share, recoveryKeys)
      if (other) requireTwoShares(other, share)
      return { text, share, why: null }
    } catch (why) {
      return { text, share: null, why }
    }
  }
  const type = async (at: number, text: string): Promise<void> => {
    attempt.clear()
    const put = (next: Typed): void =>
      setTyped((all) => all.map((each, place) => (place === at ? next : each)))
    put({ ...EMPTY, text })
    const checked = await check(text, typed[1 - at]?.share ?? null)
    // A later key press starts a new check.
    setTyped((all) =>
      all.map((each, place) => (place === at && each.text === text ? checked : each)),
    )
  }
  const finish = (): void =>
    attempt.run(async () => {
      await painted()
      for (const { text } of typed) await readShare(text)
      await onShares(typed.map(({ text }) => text))
      setTyped([EMPTY, EMPTY])
    })
  const labels = [t('recovery.shares.first'), t('recovery.shares.second')]
  return (
    <StepPage n={2} title={t('recovery.shares.title')} onRestart={onRestart}>
      <p>{t('recovery.shares.lead', { n: SHARE_CHARACTERS })}</p>
      <Form onSubmit={finish}>
        {labels.slice(0, SHARES_TYPED).map((label, at) => (
          <div key={at} class="share">
            <Field
              label={label}
              mistake={typed[at]?.why ? sentence(typed[at].why) : null}
              value={typed[at]?.text ?? ''}
              onInput={(text) => void type(at, text)}
              rows={3}
              code
            />
            <p class="right" role="status">
              {typed[at]?.share && t('recovery.shares.right', { n: typed[at].share.number })}
            </p>
          </div>
        ))}
        <ErrorMessage why={attempt.why} />
        <button class="go" aria-disabled={attempt.busy}>
          {t(attempt.busy ? 'recovery.busy' : 'recovery.shares.go')}
        </button>
      </Form>
    </StepPage>
  )
}
