// Writes case logs for tests, with real keys, real signatures, and a roster with two readers.
import { randomBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import { NO_ROW, rowHash, statementMessage, type LedgerHead } from '#protocol/staff/chain'
import { STATEMENT_VERSION, type Statement } from '#protocol/staff/statement'
import type { CaseAction } from '#protocol/staff/actions'
import { headOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import { replayLedger } from '#protocol/staff/ledger/roster'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import type { LedgerWriter, Writer } from './ledger.ts'

/** The hash of a case key, in a log whose keys are never opened. */
export const KEY_HASH = toB64(new Uint8Array(32).fill(7))

/** The day on which a test's ledger begins. */
const FIRST_DAY = '2026-11-26'

/** A log that grows row by row, whether or not a rule allows the row. */
export class CaseWriter {
  readonly rows: LedgerRow[] = []
  readonly caseId: string
  /** the ledger whose newest row each signer has seen */
  line: Pick<LedgerWriter, 'rows' | 'head'>
  head: Bytes = NO_ROW
  day = FIRST_DAY

  constructor(line: CaseWriter['line'], caseId = toB64(randomBytes(16))) {
    this.line = line
    this.caseId = caseId
  }

  /** Returns a log with the same rows, which then grows separately. */
  copy(): CaseWriter {
    const copy = new CaseWriter(this.line, this.caseId)
    copy.rows.push(...this.rows)
    copy.head = this.head
    copy.day = this.day
    return copy
  }

  async add(
    by: Pick<Writer, 'id' | 'signing'>,
    action: CaseAction,
    change: object,
    said: Partial<Statement> = {},
  ): Promise<void> {
    const text = JSON.stringify(change)
    const statement = JSON.stringify({
      v: STATEMENT_VERSION,
      actor: by.id,
      action,
      subject: this.caseId,
      at: this.day,
      changeHash: toB64(await sha256(utf8(text))),
      prev: toB64(this.head),
      ledger: { n: this.line.rows.length, hash: toB64(this.line.head) },
      ...said,
    } satisfies Statement)
    const signature = await signBytes(
      by.signing.privateKey,
      statementMessage('case-log', statement),
    )
    this.rows.push({ change: text, statement, signature: toB64(signature) })
    this.head = await rowHash(this.head, { statement, signature })
  }
}

/** Identifies a row of a ledger, as a signer who has not seen a later row does. @param n  from 1 */
export const headAt = async (
  { rows }: Pick<LedgerWriter, 'rows'>,
  n: number,
): Promise<LedgerHead> => ({ n, hash: toB64(await headOf(rows.slice(0, n))) })

/** Opens generations of the team key in a ledger. */
export async function openTeams(ledger: LedgerWriter, by: Writer, ...generations: number[]) {
  for (const generation of generations) {
    const change = { generation, commitment: toB64(randomBytes(32)) }
    await ledger.add(by, 'team.open', String(generation), change)
  }
}

/** @throws when the test's ledger is broken */
export async function rosterOf(ledger: LedgerWriter): Promise<Roster> {
  const replayed = await replayLedger(ledger.rows, ledger.rootKey)
  if (!replayed.isWhole) throw new Error(`the ledger is broken at row ${replayed.at}`)
  return replayed.roster
}
