// Reads export.json, which contains the ledger and the keys that are sealed to the recovery key.
// The file contains no names and no reports. A replay under the pinned root key shows which rows
// are valid.
import * as z from 'zod/mini'
import { fromB64, type Bytes } from '#protocol/bytes'
import { MANIFEST_BYTES } from '#protocol/keys/manifest'
import { HYBRID_KEY_BYTES } from '#protocol/limits'
import { Statement } from '#protocol/staff/statement'
import { b64Of, b64UpTo, day, type Role } from '#protocol/staff/fields'
import { LedgerRow, OrgBegin } from '#protocol/staff/ledger/rows'
import { RecoveryRenew } from '#protocol/staff/ledger/keys'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { type Member, type Roster } from '#protocol/staff/ledger/roster-state'
import { RecoveryFault } from '../ledger/recovery-fault.ts'

export const EXPORT_NAME = 'export.json'

/** Bytes sealed to the recovery key; null once the last copies have been deleted. */
const sealedForRecovery = z.nullable(b64UpTo(2048))

export const ExportFile = z.object({
  v: z.literal(1),
  /** the day on which the file was made */
  day,
  rows: z.array(LedgerRow),
  epochs: z.array(
    z.object({
      epoch: z.int(),
      manifest: b64Of(MANIFEST_BYTES),
      hybridKey: b64Of(HYBRID_KEY_BYTES),
      sealedForRecovery,
    }),
  ),
  teams: z.array(z.object({ generation: z.int(), sealedForRecovery })),
})
export type ExportFile = z.infer<typeof ExportFile>

/** A person in the ledger. The export does not contain the person's name. */
export interface ExportedPerson {
  id: string
  roles: readonly Role[]
  state: Member['state']
  /** day of the last row about this person */
  day: string
}

/** An export whose rows are all valid under the pinned root key. */
export interface WholeExport extends ExportFile {
  /** 65 bytes */
  root: Bytes
  roster: Roster
  people: ExportedPerson[]
  /** every recovery key of the organisation, 1,216 bytes each, newest last */
  recoveryKeys: Bytes[]
}

/**
 * @param text  the content of export.json
 * @param root  the pinned root key, 65 bytes
 * @throws RecoveryFault `file_unreadable`, `export_foreign` or `export_broken`
 */
export async function readExport(text: string, root: Bytes): Promise<WholeExport> {
  const file = parseFile(ExportFile, text)
  const replayed = await replayLedger(file.rows, root)
  // The first row is signed by a different root, so the export belongs to another organisation.
  if (file.rows.length === 0 || (!replayed.isWhole && replayed.at === 1))
    throw new RecoveryFault('export_foreign')
  if (!replayed.isWhole)
    throw new RecoveryFault('export_broken', { n: replayed.at, all: file.rows.length })
  const { roster } = replayed
  const rows = file.rows.map(({ change, statement }) => ({
    said: Statement.parse(JSON.parse(statement)),
    change: JSON.parse(change) as unknown,
  }))
  const lastDay = (id: string): string =>
    rows.findLast(({ said }) => said.subject === id)?.said.at.slice(0, 10) ?? ''
  const recoveryKeys = rows.flatMap(({ said, change }) => {
    if (said.action === 'org.begin') return [OrgBegin.parse(change).recovery]
    return said.action === 'recovery.renew' ? [RecoveryRenew.parse(change).recovery] : []
  })
  return {
    ...file,
    root,
    roster,
    people: [...roster.people.values()].map(({ id, roles, state }) => ({
      id,
      roles,
      state,
      day: lastDay(id),
    })),
    recoveryKeys: recoveryKeys.map(fromB64),
  }
}

/** Parses the text of a file. @throws RecoveryFault `file_unreadable` */
export function parseFile<T>(schema: { parse: (value: unknown) => T }, text: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new RecoveryFault('file_unreadable', {}, { cause })
  }
}
