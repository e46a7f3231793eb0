// Makes a world for random casework: the real worker on in-memory stores, and people who write.
// Changes are sent as requests. Reads call the worker's functions directly, because handling the
// JSON of a case would take half of the run time. A real ledger lists two readers and a caseworker.
// Sealed parts are random bytes, each different from all the others, because the edge opens
// nothing. Letters are copies of one sealed letter, each with its own header.
import { fromB64, randomBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { signBytes } from '#protocol/keys/signatures'
import { DAY_MS } from '#protocol/limits'
import { KIND, reportIdOf, type Kind } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { statementMessage, type SignedChange } from '#protocol/staff/chain'
import { STATEMENT_VERSION, type Statement } from '#protocol/staff/statement'
import { lineHead } from '#protocol/staff/ledger/line'
import type { CaseAction } from '#protocol/staff/actions'
import type { Role } from '#protocol/staff/fields'
import type { Roster } from '#protocol/staff/ledger/roster-state'
import { dayOf } from '#protocol/time'
import { openTeams, rosterOf } from '#test/protocol/support/case-log.ts'
import { LedgerWriter, writer, type Writer } from '#test/protocol/support/ledger.ts'
import { organisation } from '#test/protocol/support/organisation.ts'
import { STAFF_ORIGIN } from '#test/staff/departure/support/edge.ts'
import { readViews } from '#worker/cases/own-views'
import { readReport } from '#worker/cases/read-report'
import type { StaffDeps } from '#worker/deps'
import { readCaseHead } from '#worker/ledger/read-chains'
import { memoryEdge } from './memory-edge.ts'
import { Turns } from './turns.ts'

/** A staff member who is signed in. */
export interface Member extends Writer {
  cookie: string
  isReader: boolean
  actor: StaffDeps['actor']
}

/** A person who wrote a report, with the parts that the edge knows. */
export interface Thread {
  /** report id, base64url */
  id: string
  hashes: { ownerHash: Bytes; writeHash: Bytes }
  token: string
  /**
   * number of follow-ups that the person started to send, and the number that the edge has
   * confirmed
   */
  started: number
  confirmed: number
}

/** Offsets in the header of an envelope; see docs/protocol/envelope.md. */
const HEADER_ID_AT = 8
const COMMITMENT_AT = 24
const OWNER_HASH_AT = 56
const WRITE_HASH_AT = 88

/** Writes bytes as an SQL literal. */
const hex = (bytes: Bytes): string =>
  `x'${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}'`
export const noise = (length: number): string => toB64(randomBytes(length))

/** A sealed letter of each kind. */
interface Letters {
  letters: ReadonlyMap<Kind, Bytes>
}

/** The members; `aigulElsewhere` is Aigul on another device. */
type Members = Record<'aigul' | 'aigulElsewhere' | 'daria' | 'bermet', Member>

export class World {
  readonly edge: ReturnType<typeof memoryEdge>
  readonly roster: Roster
  readonly members: Members
  /** determines the order of the storage calls of concurrent requests */
  readonly turns: Turns
  /**
   * names of the saved views, keyed by the hash of the sealed views, because the edge cannot open
   * views
   */
  readonly viewsIn = new Map<string, readonly string[]>()
  readonly #letters: ReadonlyMap<Kind, Bytes>

  private constructor(parts: Pick<World, 'edge' | 'roster' | 'members' | 'turns'> & Letters) {
    this.edge = parts.edge
    this.roster = parts.roster
    this.members = parts.members
    this.turns = parts.turns
    this.#letters = parts.letters
  }

  static async open(): Promise<World> {
    const org = await organisation(Date.now())
    const turns = new Turns()
    const edge = memoryEdge(toB64(org.root.publicKey), turns.take)
    const ledger = await LedgerWriter.begin(Date.now() - 2 * DAY_MS)
    const enter = async (role: Role): Promise<Member> => {
      const member = await writer()
      await ledger.certify(member, role)
      const { signPublic, hpkePublic } = member.keys
      edge.rows(
        `INSERT INTO people VALUES (${hex(fromB64(member.id))}, '', x'00', '["${role}"]', '[]',
          ${hex(fromB64(hpkePublic))}, ${hex(fromB64(signPublic))}, x'00', NULL)`,
      )
      const actor: StaffDeps['actor'] = {
        ...{ id: fromB64(member.id), roles: [role], signPublic: fromB64(signPublic) },
        ...{ session: { id: randomBytes(16), provenAt: Date.now() }, keeperLastDay: null },
      }
      return signedIn({ ...member, actor, cookie: '', isReader: role === 'intake' })
    }
    const signedIn = async (member: Member): Promise<Member> => {
      const token = randomBytes(32)
      edge.insertSession(await sha256(token), fromB64(member.id), Date.now() + DAY_MS)
      return { ...member, cookie: `__Host-oasis=${toB64(token)}` }
    }
    const aigul = await enter('intake')
    const daria = await enter('intake')
    const bermet = await enter('caseworker')
    await openTeams(ledger, aigul, 1)
    edge.insertEpoch(1, { manifest: org.manifestBytes, hybridKey: org.hybridKey })
    edge.insertTeam(1)
    await edge.insertLedger(ledger.rows)
    const letters = new Map<Kind, Bytes>()
    for (const kind of [KIND.helpForMe, KIND.followUp]) {
      const hashes = { ownerHash: randomBytes(32), writeHash: randomBytes(32) }
      const header = { headerId: randomBytes(16), kind, danger: false, ...hashes }
      letters.set(kind, await sealEnvelope(org.manifest, header, '{"v":1}'))
    }
    const members = { aigul, aigulElsewhere: await signedIn(aigul), daria, bermet }
    return new World({ edge, roster: await rosterOf(ledger), members, turns, letters })
  }

  /** Sends a member's request to the staff API. */
  ask({ cookie }: Member, path: string, method = 'GET', body?: object): Promise<Response> {
    return this.edge.ask(`/api/staff/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      headers: { origin: STAFF_ORIGIN, 'content-type': 'application/json', cookie },
    })
  }

  /** Makes a letter that differs from all others. */
  letter(
    hashes: Thread['hashes'] = { ownerHash: randomBytes(32), writeHash: randomBytes(32) },
    kind: Kind = KIND.helpForMe,
  ): Bytes {
    const envelope = this.#letters.get(kind)?.slice()
    if (!envelope) throw new Error('no letter of this kind')
    envelope.set(randomBytes(16), HEADER_ID_AT)
    envelope.set(randomBytes(32), COMMITMENT_AT)
    envelope.set(hashes.ownerHash, OWNER_HASH_AT)
    envelope.set(hashes.writeHash, WRITE_HASH_AT)
    return envelope
  }

  async #send(envelope: Bytes, token = ''): Promise<string> {
    const answer = await this.edge.ask('/api/reports', {
      method: 'POST',
      body: envelope,
      headers: { 'content-type': 'application/octet-stream', 'oasis-write': token },
    })
    if (answer.status !== 201) throw new Error(`the report is refused: ${answer.status}`)
    return toB64(await reportIdOf(envelope))
  }

  /** Has a person send a report. */
  async arrive(): Promise<Thread> {
    const token = randomBytes(32)
    const hashes = { ownerHash: randomBytes(32), writeHash: await sha256(token) }
    const id = await this.#send(this.letter(hashes))
    return { id, hashes, token: toB64(token), started: 0, confirmed: 0 }
  }

  /** Has the person send a follow-up. */
  async follow(thread: Thread): Promise<void> {
    thread.started++
    await this.#send(this.letter(thread.hashes, KIND.followUp), thread.token)
    thread.confirmed++
  }

  /** Opens a case; returns null when the member may not open it. */
  read = ({ actor }: Member, id: string): Promise<StoredCase | null> =>
    orNull(readReport({ ...this.edge.deps, actor }, id))

  /** Reads the head of a log, base64url; returns null when the member may not read it. */
  head = async ({ actor }: Member, id: string): Promise<string | null> =>
    (await orNull(readCaseHead({ ...this.edge.deps, actor }, id)))?.head ?? null

  views = async ({ actor }: Member): Promise<string | null> =>
    (await readViews({ ...this.edge.deps, actor })).sealed
}

async function orNull<Read>(reading: Promise<Read>): Promise<Read | null> {
  try {
    return await reading
  } catch (thrown) {
    if (thrown instanceof Refusal) return null
    throw thrown
  }
}

/** Signs a change of a case, as the row that follows the given head. */
export async function signedAt(
  { roster }: Pick<World, 'roster'>,
  { id, signing }: Member,
  { action, subject, prev }: { action: CaseAction; subject: string; prev: string },
  plainChange: object,
): Promise<SignedChange> {
  const change = JSON.stringify(plainChange)
  const statement = JSON.stringify({
    ...{ v: STATEMENT_VERSION, actor: id, action, subject, at: dayOf(Date.now()), prev },
    ledger: lineHead(roster),
    changeHash: toB64(await sha256(utf8(change))),
  } satisfies Statement)
  const signature = await signBytes(signing.privateKey, statementMessage('case-log', statement))
  return { change, statement, signature: toB64(signature) }
}
