// Imitates the edge's routes for checkpoints. A test may change every response.
import { concat, fromB64, fromUtf8, toB64, type Bytes } from '#protocol/bytes'
import { rowHash, SignedChange } from '#protocol/staff/chain'
import { bucketPlace, hashesOf, HEADS_PAGE, readUpload } from '#protocol/staff/ledger/checkpoint'
import { writeHeads, type CaseHead } from '#protocol/staff/ledger/checkpoint-leaves'
import { headOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { signCaseChange, type SigningKeys } from '#site/staff/crypto/sign-change.ts'
import { rosterOf } from '#test/protocol/support/case-log.ts'
import { type LedgerWriter } from '#test/protocol/support/ledger.ts'

/** A server with a ledger, case logs and checkpoints, all of which a test may change. */
export class CheckpointServer {
  readonly logs = new Map<string, LedgerRow[]>()
  readonly checkpoints = new Map<number, Bytes>()
  /** true for a server that sends only complete checkpoints */
  hidesParts = false
  readonly ledger: LedgerWriter
  readonly #signer: SigningKeys

  /** @param signer  signs the rows of all logs */
  constructor(ledger: LedgerWriter, signer: SigningKeys) {
    this.ledger = ledger
    this.#signer = signer
  }

  async extend(id: string): Promise<void> {
    const rows = this.logs.get(id) ?? []
    const prev = toB64(await headOf(rows))
    const [from, to] = rows.length % 2 === 0 ? ['new', 'in_progress'] : ['in_progress', 'new']
    const status = { from, to, followUps: 0 }
    const change = { action: 'status.set', subject: id, change: status } as const
    this.logs.set(id, [
      ...rows,
      await signCaseChange({ keys: this.#signer, roster: await this.roster() }, change, {
        prev,
        nowMs: Date.now(),
      }),
    ])
  }

  async leaves(after: string): Promise<Bytes> {
    const heads = await Promise.all(
      [...this.logs].map(async ([id, rows]): Promise<CaseHead> => ({
        caseId: fromB64(id),
        n: rows.length,
        hash: await headOf(rows),
      })),
    )
    const later = heads
      .filter(({ caseId }) => Buffer.compare(caseId, fromB64(after)) > 0)
      .sort((one, other) => Buffer.compare(one.caseId, other.caseId))
    return writeHeads(later.slice(0, HEADS_PAGE))
  }

  async accept(body: Bytes): Promise<Response> {
    const { json, stored } = readUpload(body)
    const signed = SignedChange.parse(JSON.parse(fromUtf8(json)))
    if (!signed.statement.includes(toB64(this.ledger.head)))
      return Response.json({ error: { code: 'chain_moved' } }, { status: 409 })
    this.ledger.rows.push(signed)
    this.ledger.head = await rowHash(this.ledger.head, {
      ...signed,
      signature: fromB64(signed.signature),
    })
    this.checkpoints.set(this.ledger.rows.length, stored)
    return Response.json({}, { status: 201 })
  }

  rows(ids: readonly string[]): Response {
    const logs = ids.flatMap((id) => {
      const rows = this.logs.get(id)
      return rows ? [{ case: id, rows }] : []
    })
    return Response.json({ logs, left: [] })
  }

  async answer(path: string, body?: Bytes): Promise<Response> {
    const [, what = '', row = '', bucket] =
      /staff\/([a-z-]+)(?:\/(\d+))?(?:\/(\d+))?/.exec(path) ?? []
    if (body) return this.accept(body)
    if (what === 'case-logs') return this.rows(path.split('ids=')[1]?.split(',') ?? [])
    if (what === 'case-heads') return new Response(await this.leaves(path.split('after=')[1] ?? ''))
    const stored = this.checkpoints.get(Number(row))
    if (!stored) return Response.json({ error: { code: 'not_found' } }, { status: 404 })
    if (bucket === undefined) return new Response(stored)
    if (this.hidesParts) return Response.json({ error: { code: 'not_found' } }, { status: 404 })
    const { offset, length } = bucketPlace(stored, Number(bucket))
    return new Response(concat(hashesOf(stored), stored.subarray(offset, offset + length)))
  }

  /** The roster that a browser obtains by replaying the ledger. */
  async roster(): Promise<Roster> {
    return rosterOf(this.ledger)
  }
}
