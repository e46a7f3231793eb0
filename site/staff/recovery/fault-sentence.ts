// Converts a recovery error into a sentence that states what happened and what to do.
import { type Messages } from '../i18n/messages.tsx'
import { RecoveryFault } from '../ledger/recovery-fault.ts'

export const faultSentence = (t: Messages['t'], thrown: unknown): string =>
  thrown instanceof RecoveryFault
    ? t(`recovery.fault.${thrown.code}`, thrown.values)
    : t('recovery.fault.other')
