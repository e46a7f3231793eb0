// Explains in English why a recovery stops, with the same sentences as the recovery page.
import { recoveryStrings } from '#content/strings.ts'
import { Stop } from '#scripts/shared/progress'
import { RecoveryFault } from '#site/staff/ledger/recovery-fault.ts'

export const sentenceOf = ({ code, values }: RecoveryFault): string =>
  recoveryStrings.en[`recovery.fault.${code}`].replace(/\{(\w+)\}/g, (place, name: string) =>
    String(values[name] ?? place),
  )

/**
 * Runs `work`. @throws Stop with the sentence for a RecoveryFault; rethrows other errors unchanged
 */
export async function withSentences<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (reason) {
    if (!(reason instanceof RecoveryFault)) throw reason
    throw new Stop(sentenceOf(reason))
  }
}
