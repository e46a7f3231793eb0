// Adds the names of people who have left to the names in the table. The code that opens them is
// fetched only if somebody has left.
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { FormerName } from '#protocol/staff/people/former-name'
import { type UnlockedKeys } from '../crypto/unlock.ts'
import type { SeenNames } from './proven-names.ts'
import type { SeenLedger } from './use-ledger.ts'

/** @param seen  the ledger as the screens may show it, with the keys that it proves */
export function useFormerNames(
  { ledger, names }: Pick<SeenLedger, 'ledger' | 'names'>,
  former: readonly FormerName[],
  keys: Pick<UnlockedKeys, 'own' | 'team'>,
): SeenNames {
  const [opened, setOpened] = useState<SeenNames>(new Map())
  useEffect(() => {
    if (!ledger || former.length === 0) return
    const by = { keys, roster: ledger.roster }
    let isOld = false
    const open = async (): Promise<void> => {
      const { openFormerNames, keepFormerNames } = await import('./former-names.ts')
      const found = await openFormerNames(by, former)
      if (isOld) return
      setOpened(found)
      if (ledger.is === 'whole') await keepFormerNames(by)
    }
    // The next verdict starts another attempt.
    void open().catch(() => undefined)
    return () => void (isOld = true)
  }, [ledger, former, keys])
  return useMemo(() => new Map([...opened, ...names]), [opened, names])
}
