// Calls a local server as the scripted member of its organisation, through the staff app's API.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromB64, type Bytes } from '#protocol/bytes'
import { ChainHead, type SignedChange } from '#protocol/staff/chain'
import { LedgerPage, type LedgerRow } from '#protocol/staff/ledger/rows'
import { Me } from '#protocol/staff/people/people'
import type { LedgerChange } from '#site/staff/crypto/sign-change.ts'
import { readScriptedMember, type UnlockedMember } from '#scripts/org/files/member-file'
import type { PublicFile } from '#site/integrations/organisation.ts'
import { signChange } from '#site/staff/crypto/sign-change.ts'

const PATIENCE_MS = 5000

export class MemberClient {
  readonly member: UnlockedMember
  /** root key of the organisation, 65 bytes */
  readonly root: Bytes
  readonly #origin: string

  private constructor(origin: string, member: UnlockedMember, root: Bytes) {
    this.#origin = origin
    this.member = member
    this.root = root
  }

  /** Reads the scripted member of the organisation in `orgDir`. */
  static async open(origin: string, orgDir: string): Promise<MemberClient> {
    const { root } = JSON.parse(readFileSync(join(orgDir, 'public.json'), 'utf8')) as PublicFile
    return new MemberClient(origin, await readScriptedMember(orgDir), fromB64(root))
  }

  /** Returns the hash of the last ledger row, base64url. */
  async head(): Promise<string> {
    return ChainHead.parse(await this.#read('ledger/head')).head
  }

  /** Reads the member's own account with the newest sealed keys. */
  async me(): Promise<Me> {
    return Me.parse(await this.#read('me'))
  }

  /** Reads the complete ledger. */
  async ledger(): Promise<LedgerRow[]> {
    const rows: LedgerRow[] = []
    let after: number | null = 0
    while (after !== null) {
      const page: LedgerPage = LedgerPage.parse(await this.#read(`ledger?after=${after}`))
      rows.push(...page.rows)
      after = page.next
    }
    return rows
  }

  /** Signs a change that follows the row with the hash `prev`. */
  sign(change: LedgerChange, prev: string): Promise<SignedChange> {
    return signChange(this.member.keys, change, { prev, nowMs: Date.now() })
  }

  /** Sends a change. @throws an error with the status and the code of a refusal */
  async post(path: string, body: object): Promise<void> {
    await this.#ask(path, { method: 'POST', body: JSON.stringify(body) })
  }

  async #read(path: string): Promise<unknown> {
    return (await this.#ask(path)).json()
  }

  async #ask(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${this.#origin}/api/staff/${path}`, {
      ...init,
      headers: {
        cookie: `__Host-oasis=${this.member.session}`,
        origin: this.#origin,
        'content-type': 'application/json',
      },
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    if (!response.ok)
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response
  }
}
