// Reads the newcomer's request, and asks two people to compare the digits by voice.
import { useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { RecoveryFault } from '../ledger/recovery-fault.ts'
import { Digits } from '../ui/digits.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { useAttempt } from '../ui/use-attempt.ts'
import { ChooseFile } from './choose-file.tsx'
import { parseFile } from './export-file.ts'
import { JoinRequest, newcomerOf, REQUEST_NAME, type WaitingNewcomer } from './join-request.ts'
import { type HeldLedger } from './root-rows.ts'
import { StepPage } from './step-page.tsx'

interface StepRequestProps {
  ledger: HeldLedger
  onNewcomer: (newcomer: WaitingNewcomer) => void
  onRestart: () => void
}

export function StepRequest({ ledger, onNewcomer, onRestart }: StepRequestProps) {
  const { t } = useMessages()
  const name = { name: REQUEST_NAME }
  return (
    <StepPage n={4} title={t('recovery.request.title')} onRestart={onRestart}>
      <p>{t('recovery.request.lead', name)}</p>
      <ChooseFile
        label={t('recovery.export.go', name)}
        accept=".txt,text/plain"
        onText={async (text) =>
          onNewcomer(await newcomerOf(parseFile(JoinRequest, text), ledger.rows, ledger.root))
        }
      />
    </StepPage>
  )
}

interface StepDigitsProps {
  newcomer: WaitingNewcomer
  /** called once the newcomer has read out the same digits */
  onSame: () => Promise<void>
  onRestart: () => void
}

export function StepDigits({ newcomer, onSame, onRestart }: StepDigitsProps) {
  const { t } = useMessages()
  const attempt = useAttempt()
  const [hasDiffered, setHasDiffered] = useState(false)
  return (
    <StepPage n={5} title={t('recovery.digits.title')} onRestart={onRestart}>
      <p>{t('recovery.digits.lead')}</p>
      <Digits groups={newcomer.digits} />
      {hasDiffered ? (
        <ErrorMessage why={new RecoveryFault('digits_differ')} />
      ) : (
        <div class="verbs">
          <button
            type="button"
            class="go"
            aria-disabled={attempt.busy}
            onClick={() => attempt.run(onSame)}
          >
            {t('recovery.digits.same')}
          </button>
          <button type="button" onClick={() => setHasDiffered(true)}>
            {t('recovery.digits.differ')}
          </button>
        </div>
      )}
      <ErrorMessage why={attempt.why} />
    </StepPage>
  )
}
