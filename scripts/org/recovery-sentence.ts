// Says in English what stops a recovery, by the same sentences as the recovery page.
import { recoveryStrings } from '#content/strings.ts'
import { Stop } from '#scripts/shared/progress'
import { RecoveryFault } from '#site/staff/ledger/recovery-fault.ts'

/** Returns the sentence of a fault. */
export const sentenceOf = ({ code, values }: RecoveryFault): string =>
  recoveryStrings.en[`recovery.fault.${code}`].replace(/\{(\w+)\}/g, (place, name: string) =>
    String(values[name] ?? place),
  )

/** Does `work`. @throws Stop with the sentence of a RecoveryFault; other errors stay as they are */
export async function withSentences<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (reason) {
    if (!(reason instanceof RecoveryFault)) throw reason
    throw new Stop(sentenceOf(reason))
  }
}
