// Writes ledgers for tests, with real keys, real signatures, and the people in a test's drawing.
import { minuteOf } from '#protocol/time'
import { fromB64, randomBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { certifyAdmin } from '#protocol/keys/manifest'
import { signBytes } from '#protocol/keys/signatures'
import { NO_ROW, rowHash, statementMessage } from '#protocol/staff/chain'
import { STATEMENT_VERSION, type Statement } from '#protocol/staff/statement'
import type { LedgerAction } from '#protocol/staff/actions'
import { HASH_BYTES, HYBRID_KEY_BYTES } from '#protocol/limits'
import type { Role } from '#protocol/staff/fields'
import { rootIdOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import { signingPair, type SigningPair } from './organisation.ts'

export interface Writer {
  id: string
  signing: SigningPair
  keys: { signPublic: string; hpkePublic: string }
  nameHash: string
}

export async function writer(): Promise<Writer> {
  const signing = await signingPair()
  // A random sealing key and name hash are enough, because a replay neither seals anything nor
  // reads names.
  const hpkePublic = toB64(randomBytes(HYBRID_KEY_BYTES))
  return {
    id: toB64(randomBytes(16)),
    signing,
    keys: { signPublic: toB64(signing.publicKey), hpkePublic },
    nameHash: toB64(randomBytes(HASH_BYTES)),
  }
}

/** The keys and the name hash of a person, in the form that ledger rows use. */
export const ownOf = ({ keys, nameHash }: Writer) => ({ ...keys, nameHash })

const HOUR_MS = 3_600_000

/** A ledger that grows row by row. */
export class LedgerWriter {
  readonly rows: LedgerRow[] = []
  head: Bytes = NO_ROW
  readonly root: Writer
  #now: number
  /** the row of each invitation, keyed by token hash */
  readonly #invited = new Map<string, string>()

  private constructor(root: Writer, now: number) {
    this.root = root
    this.#now = now
  }

  /**
   * Starts a ledger with `org.begin`.
   *
   * @param recovery  public half of the recovery key, base64url; random bytes when no test seals to
   *   it
   */
  static async begin(now = Date.UTC(2026, 10, 26), recovery?: string): Promise<LedgerWriter> {
    const root = await writer()
    if (recovery !== undefined) root.keys.hpkePublic = recovery
    root.id = await rootIdOf(root.signing.publicKey)
    const ledger = new LedgerWriter(root, now)
    await ledger.add(root, 'org.begin', root.id, {
      root: root.keys.signPublic,
      recovery: root.keys.hpkePublic,
    })
    return ledger
  }

  /** Returns a ledger with the same rows, which then grows separately. */
  copy(): LedgerWriter {
    const copy = new LedgerWriter(this.root, this.#now)
    copy.rows.push(...this.rows)
    copy.head = this.head
    for (const [tokenHash, row] of this.#invited) copy.#invited.set(tokenHash, row)
    return copy
  }

  /** Moves the clock ahead by a number of milliseconds. */
  pass(ms: number): void {
    this.#now += ms
  }

  /** Adds a row that `by` signs, whether or not a rule allows it. */
  async add(
    by: Writer,
    action: LedgerAction,
    subject: string,
    change: object,
    more: Partial<Statement> = {},
  ): Promise<void> {
    const text = JSON.stringify(change)
    const said: Statement = {
      v: STATEMENT_VERSION,
      actor: by.id,
      action,
      subject,
      at: minuteOf((this.#now += 60_000)),
      changeHash: toB64(await sha256(utf8(text))),
      prev: toB64(this.head),
      ...more,
    }
    const statement = JSON.stringify(said)
    const signature = await signBytes(by.signing.privateKey, statementMessage('ledger', statement))
    this.rows.push({ change: text, statement, signature: toB64(signature) })
    this.head = await rowHash(this.head, { statement, signature })
  }

  certify(person: Writer, ...roles: Role[]): Promise<void> {
    return this.add(this.root, 'person.certify', person.id, { ...ownOf(person), roles })
  }

  /**
   * Has the root certify a person to sign manifests until a given day, counted in days since 1970.
   */
  async certifyKeeper(person: Writer, lastDay: number): Promise<void> {
    const { publicKey } = person.signing
    const certificate = await certifyAdmin(this.root.signing.privateKey, publicKey, lastDay)
    const { signPublic } = person.keys
    const change = { signPublic, lastDay, certificate: toB64(certificate) }
    await this.add(this.root, 'keeper.certify', person.id, change)
  }

  /** @returns the token hash */
  async invite(by: Writer, ...roles: Role[]): Promise<string> {
    const tokenHash = toB64(randomBytes(32))
    const expiresAt = this.#now + 48 * HOUR_MS
    await this.add(by, 'invitation.create', tokenHash, { tokenHash, roles, expiresAt })
    this.#invited.set(tokenHash, toB64(this.head))
    return tokenHash
  }

  join(person: Writer, invitation: string): Promise<void> {
    const invitationRow = this.#invited.get(invitation) ?? toB64(NO_ROW)
    const change = { ...ownOf(person), invitation, invitationRow }
    return this.add(person, 'person.join', person.id, change)
  }

  confirm(by: Writer, person: Writer, ...roles: Role[]): Promise<void> {
    return this.add(by, 'person.confirm', person.id, { ...person.keys, roles })
  }

  get rootKey(): Bytes {
    return fromB64(this.root.keys.signPublic)
  }
}
