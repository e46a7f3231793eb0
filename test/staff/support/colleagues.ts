// Makes two readers who have the same epoch and team key, and a roster that lists both.
import { fromB64 } from '#protocol/bytes'
import { DAY_MS } from '#protocol/limits'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { type UnlockedKeys } from '#site/staff/crypto/unlock.ts'
import { rosterOf } from '#test/protocol/support/case-log.ts'
import { LedgerWriter, type Writer } from '#test/protocol/support/ledger.ts'
import { staffed, type Staffed } from './people.ts'

export interface Colleagues {
  /** the staff of the organisation to which the reports are sealed */
  staff: Staffed
  /** both readers, as the edge has them */
  members: readonly Staffed[]
  aigul: CaseWriter
  bermet: CaseWriter
  ledger: LedgerWriter
  writers: { aigul: Writer; bermet: Writer }
}

export const writerOf = ({ me, keys, named }: Staffed): Writer => {
  const { signPublic, hpkePublic } = me.keys
  const signing = { publicKey: fromB64(signPublic), privateKey: keys.sign }
  return { id: me.id, signing, keys: { signPublic, hpkePublic }, nameHash: named.nameHash }
}

/** Adds a generation whose key is in `keys`, and replays the ledger. */
export async function openTeam(
  ledger: LedgerWriter,
  by: Writer,
  keys: UnlockedKeys,
  generation: number,
): Promise<Roster> {
  const commitment = keys.team.get(generation)?.commitment ?? ''
  await ledger.add(by, 'team.open', String(generation), { generation, commitment })
  return rosterOf(ledger)
}

let made: Promise<Colleagues> | null = null

/** Returns the same colleagues for all tests in a process, because making their keys is slow. */
export const colleagues = (): Promise<Colleagues> => (made ??= makeColleagues())

async function makeColleagues(): Promise<Colleagues> {
  const [staff, other] = await Promise.all([staffed(), staffed()])
  const writers = { aigul: writerOf(staff), bermet: writerOf(other) }
  const ledger = await LedgerWriter.begin(Date.now() - DAY_MS)
  await ledger.certify(writers.aigul, 'admin', 'intake')
  await ledger.certify(writers.bermet, 'intake')
  const { keys } = staff
  const roster = await openTeam(ledger, writers.aigul, keys, 1)
  const { intake, team } = keys
  return {
    ...{ staff, members: [staff, other] },
    ledger,
    writers,
    aigul: { keys, roster },
    bermet: { keys: { ...other.keys, intake, team }, roster },
  }
}
