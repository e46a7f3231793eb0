// Imitates the edge's routes for one case. The imitation is as strict as the edge about the chain,
// the keys and the follow-ups.
import { concat, fromB64, sha256, toB64, type Bytes } from '#protocol/bytes'
import { contentHashOf, contentOf } from '#protocol/report/letter-content'
import {
  DangerChange,
  EntryAdd,
  KeyMake,
  LettersTake,
  RecordSet,
  ReplyChange,
  StatusChange,
} from '#protocol/staff/case-log/changes'
import {
  NewCaseKey,
  NewEntry,
  NewRecord,
  NewReply,
  NewTaking,
} from '#protocol/staff/case-log/bodies'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { NO_ROW, rowHash, SignedChange } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'

const refusal = (code: string, status = 409): Response =>
  Response.json({ error: { code } }, { status })
const done = (): Response => Response.json({}, { status: 201 })
const empty = (): Response => new Response(null, { status: 204 })

/** A change returns the refusal, or null once it has changed the case. */
type Change = () => Response | null | Promise<Response | null>

export class CaseEdge {
  stored: StoredCase
  head: Bytes = NO_ROW
  /** codes of refusals, oldest first */
  refused: string[] = []
  #running: Promise<unknown> = Promise.resolve()

  constructor(stored: StoredCase) {
    this.stored = stored
    // Another edge knows nothing of the rows that an earlier test has seen.
    forgetSeen()
  }

  /** Answers a request of the app. Changes run one after another, as transactions do. */
  answer(path: string, method: string, body: string | undefined): Promise<Response> {
    const answered = this.#running.then(() => this.#answer(path, method, body))
    this.#running = answered.catch(() => undefined)
    return answered
  }

  async #answer(path: string, method: string, body: string | undefined): Promise<Response> {
    if (path.endsWith('/head')) return Response.json({ head: toB64(this.head) })
    if (method === 'GET') return Response.json(this.stored)
    const json: unknown = JSON.parse(body ?? '')
    const [route = ''] = path.split('/').slice(-1)
    const response = await this.#change(route, json)
    if (!response.ok) {
      const { error } = (await response.clone().json()) as { error: { code: string } }
      this.refused.push(error.code)
    }
    return response
  }

  async #change(route: string, json: unknown): Promise<Response> {
    switch (route) {
      case 'keys': {
        const made = NewCaseKey.parse(json)
        return this.#signed(made.signed, () => this.#makeKey(made), done)
      }
      case 'letters': {
        const taking = NewTaking.parse(json)
        return this.#signed(taking.signed, () => this.#take(taking), empty)
      }
      case 'entries': {
        const added = NewEntry.parse(json)
        return this.#signed(added.signed, () => this.#addEntry(added), done)
      }
      case 'answers': {
        const reply = NewReply.parse(json)
        return this.#signed(reply.signed, () => this.#reply(reply), done)
      }
      case 'records': {
        const written = NewRecord.parse(json)
        return this.#signed(written.signed, () => this.#setRecord(written), empty)
      }
      case 'danger': {
        const said = NewEntry.parse(json)
        return this.#signed(said.signed, () => this.#setDanger(said), empty)
      }
      default: {
        const signed = SignedChange.parse(json)
        return this.#signed(signed, () => this.#setStatus(signed), empty)
      }
    }
  }

  async #signed(signed: SignedChange, change: Change, ok: () => Response): Promise<Response> {
    const { statement } = signed
    const { prev } = Statement.parse(JSON.parse(statement))
    if (prev !== toB64(this.head)) return refusal('chain_moved')
    const refused = await change()
    if (refused) return refused
    const signature = fromB64(signed.signature)
    this.head = await rowHash(this.head, { statement, signature })
    this.stored = { ...this.stored, log: [...this.stored.log, signed] }
    return ok()
  }

  get #keyNo(): number {
    return this.stored.caseKeys.length
  }

  #makeKey({ signed, sealed, secret }: NewCaseKey): Response | null {
    const { keyNo, generation } = KeyMake.parse(JSON.parse(signed.change))
    const caseId = this.stored.item.id
    const kept = this.stored.secrets[0]?.secret ?? secret
    if (keyNo !== this.#keyNo + 1 || kept !== secret) return refusal('case_key_changed')
    this.stored = {
      ...this.stored,
      secrets: [{ caseId, secret }],
      caseKeys: [...this.stored.caseKeys, { caseId, keyNo, generation, sealed }],
    }
    return null
  }

  async #take({ signed, sealed }: NewTaking): Promise<Response | null> {
    const { keyNo, letters } = LettersTake.parse(JSON.parse(signed.change))
    const held = new Set(this.stored.taken.map(({ id }) => id))
    if (keyNo !== this.#keyNo || letters.some(({ id }) => held.has(id)))
      return refusal('case_key_changed')
    const cut = (envelope: string): string => toB64(contentOf(fromB64(envelope)))
    const { item, envelope, followUps } = this.stored
    const all = new Map([{ id: item.id, envelope }, ...followUps].map((each) => [each.id, each]))
    for (const { id, contentHash } of letters) {
      const whole = fromB64(all.get(id)?.envelope ?? '')
      if (toB64(await contentHashOf(whole)) !== contentHash) return refusal('malformed', 400)
    }
    const ids = new Set(letters.map(({ id }) => id))
    this.stored = {
      ...this.stored,
      envelope: ids.has(item.id) ? cut(envelope) : envelope,
      followUps: followUps.map((each) =>
        ids.has(each.id) ? { ...each, envelope: cut(each.envelope) } : each,
      ),
      taken: [
        ...this.stored.taken,
        ...letters.map(({ id }, at) => ({
          ...{ id, keyNo, caseId: item.id },
          sealed: sealed[at] ?? '',
        })),
      ],
    }
    return null
  }

  async #addEntry({ signed, sealed }: NewEntry): Promise<Response | null> {
    const { keyNo, entryHash, dueDay } = EntryAdd.parse(JSON.parse(signed.change))
    if (dueDay !== undefined) this.#setItem({ dueDay })
    return this.#keepEntry(keyNo, entryHash, sealed)
  }

  async #setDanger({ signed, sealed }: NewEntry): Promise<Response | null> {
    const { danger, keyNo, entryHash } = DangerChange.parse(JSON.parse(signed.change))
    const refused = await this.#keepEntry(keyNo, entryHash, sealed)
    if (!refused) this.#setItem({ danger })
    return refused
  }

  #setItem(changes: Partial<StoredCase['item']>): void {
    this.stored = { ...this.stored, item: { ...this.stored.item, ...changes } }
  }

  async #keepEntry(keyNo: number, entryHash: string, sealed: string): Promise<Response | null> {
    if (keyNo !== this.#keyNo || keyNo === 0) return refusal('case_key_changed')
    if (toB64(await sha256(fromB64(sealed))) !== entryHash) return refusal('signature_refused', 403)
    const n = this.stored.log.length + 1
    this.stored = { ...this.stored, entries: [...this.stored.entries, { n, sealed }] }
    return null
  }

  async #setRecord({ signed, sealed }: NewRecord): Promise<Response | null> {
    const { keyNo, record, revision, recordHash } = RecordSet.parse(JSON.parse(signed.change))
    const others = this.stored.records.filter((each) => each.record !== record)
    const stored = this.stored.records.find((each) => each.record === record)
    if (revision !== (stored?.revision ?? 0) + 1) return refusal('record_changed')
    if (keyNo !== this.#keyNo || keyNo === 0) return refusal('case_key_changed')
    if (toB64(await sha256(fromB64(sealed))) !== recordHash)
      return refusal('signature_refused', 403)
    const records = [...others, { record, revision, keyNo, sealed }]
    this.stored = { ...this.stored, records: records.sort((a, b) => a.record - b.record) }
    return null
  }

  #setStatus({ change }: SignedChange): Response | null {
    const { from, to, followUps, reason = null } = StatusChange.parse(JSON.parse(change))
    if (followUps !== this.stored.followUps.length) return refusal('report_grew')
    if (from !== this.stored.item.status) return refusal('status_changed')
    this.#setItem({ status: to, closeReason: reason })
    return null
  }

  #reply({ signed, sealed }: NewReply): Response | null {
    const { index, followUps } = ReplyChange.parse(JSON.parse(signed.change))
    if (followUps !== this.stored.followUps.length) return refusal('report_grew')
    if (this.stored.answers.some((each) => each.index === index)) return refusal('slot_taken')
    const answer = { index, day: '2026-11-25', sealed }
    this.stored = { ...this.stored, answers: [...this.stored.answers, answer] }
    return null
  }

  /**
   * Adds a follow-up from the reporter; sets the status to new, and danger when `isDanger` is true.
   */
  arrive(id: string, envelope: Bytes = concat(), isDanger = false): void {
    const followUp = { id, day: '2026-11-25', sealedBy: 'device' as const, envelope: '' }
    followUp.envelope = envelope.length > 0 ? toB64(envelope) : 'AAAA'
    const followUps = [...this.stored.followUps, followUp]
    const item = { ...this.stored.item, status: 'new' as const, followUps: followUps.length }
    item.danger ||= isDanger
    this.stored = { ...this.stored, item, followUps }
  }
}
