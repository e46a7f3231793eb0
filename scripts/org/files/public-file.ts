// Reads the fields of public.json that commands need for a ledger or a recovery.
import * as z from 'zod/mini'
import { fromB64 } from '#protocol/bytes'
import { b64UpTo, point, sealingKey } from '#protocol/staff/fields'
import { LedgerRow } from '#protocol/staff/ledger/rows'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { readJsonFile } from '#scripts/org/files/ledger-file'

const Known = z.object({
  root: point,
  recovery: sealingKey,
  rootForRecovery: b64UpTo(2048),
  begin: LedgerRow,
  epochs: z.array(z.object({ epoch: z.int(), sealedForRecovery: z.string() })),
})

/** @throws Stop for a file from an older version */
export const readPublicFile = (path: string): z.infer<typeof Known> => readJsonFile(path, Known)

/** Returns true when the root has signed the beginning of the ledger. */
export async function isLedgerBegun(path: string): Promise<boolean> {
  const { root, begin } = readPublicFile(path)
  return (await replayLedger([begin], fromB64(root))).isWhole
}
