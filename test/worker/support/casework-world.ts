// Makes a world for random casework: the real worker over stores in memory, and people who write.
// A real ledger names two readers and a caseworker. Sealed parts are noise, each unlike every
// other one, because the edge opens nothing.
import { fromB64, randomBytes, sha256, toB64, utf8, type Bytes } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import { DAY_MS } from '#protocol/limits'
import { KIND, reportIdOf } from '#protocol/report/envelope'
import { sealEnvelope } from '#protocol/report/seal-envelope'
import { OpenedReport } from '#protocol/staff/cases'
import {
  statementMessage,
  type CaseAction,
  type SignedChange,
  type Statement,
} from '#protocol/staff/chain'
import type { Role } from '#protocol/staff/fields'
import type { Roster } from '#protocol/staff/roster-state'
import { dayOf } from '#protocol/time'
import { openTeams, rosterOf } from '#test/protocol/support/case-log.ts'
import { LedgerWriter, writer, type Writer } from '#test/protocol/support/ledger.ts'
import { organisation } from '#test/protocol/support/organisation.ts'
import { STAFF_ORIGIN, type MemoryEdge } from '#test/staff/leaving/support/edge.ts'
import { memoryEdge } from './memory-edge.ts'

/** A member of the staff who is signed in. */
export interface Member extends Writer {
  cookie: string
  isReader: boolean
}

/** A person who wrote a report, by the parts that the edge knows. */
export interface Thread {
  /** id of the report, base64url */
  id: string
  hashes: { ownerHash: Bytes; writeHash: Bytes }
  token: string
}

/** Writes bytes as a literal of SQL. */
const hex = (bytes: Bytes): string =>
  `x'${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}'`
export const noise = (length: number): string => toB64(randomBytes(length))

export class World {
  readonly edge: MemoryEdge
  readonly roster: Roster
  readonly members: { aigul: Member; daria: Member; bermet: Member }
  readonly #org: Awaited<ReturnType<typeof organisation>>

  private constructor(
    edge: MemoryEdge,
    roster: Roster,
    members: World['members'],
    org: Awaited<ReturnType<typeof organisation>>,
  ) {
    this.edge = edge
    this.roster = roster
    this.members = members
    this.#org = org
  }

  static async open(): Promise<World> {
    const org = await organisation(Date.now())
    const edge = memoryEdge(toB64(org.root.publicKey))
    const ledger = await LedgerWriter.begin(Date.now() - 2 * DAY_MS)
    const enter = async (role: Role): Promise<Member> => {
      const member = await writer()
      await ledger.certify(member, role)
      const token = randomBytes(32)
      const { signPublic, hpkePublic } = member.keys
      edge.rows(
        `INSERT INTO people VALUES (${hex(fromB64(member.id))}, '', '["${role}"]', '[]',
          ${hex(fromB64(hpkePublic))}, ${hex(fromB64(signPublic))}, x'00', NULL)`,
      )
      edge.insertSession(await sha256(token), fromB64(member.id), Date.now() + DAY_MS)
      return { ...member, cookie: `__Host-oasis=${toB64(token)}`, isReader: role === 'intake' }
    }
    const aigul = await enter('intake')
    const daria = await enter('intake')
    const bermet = await enter('caseworker')
    await openTeams(ledger, aigul, 1)
    edge.rows(
      `INSERT INTO epochs VALUES
        (1, ${hex(org.manifestBytes)}, ${hex(org.hybridKey)}, x'00', NULL)`,
    )
    edge.rows('INSERT INTO teams VALUES (1, zeroblob(9))')
    return new World(edge, await rosterOf(ledger), { aigul, daria, bermet }, org)
  }

  /** Sends a request of a member to the staff API. */
  ask({ cookie }: Member, path: string, method = 'GET', body?: object): Promise<Response> {
    return this.edge.ask(`/api/staff/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      headers: { origin: STAFF_ORIGIN, 'content-type': 'application/json', cookie },
    })
  }

  async #send(hashes: Thread['hashes'], kind: 2 | 4, token = ''): Promise<string> {
    const header = { headerId: randomBytes(16), kind, danger: false, ...hashes }
    const envelope = await sealEnvelope(this.#org.manifest, header, '{"v":1}')
    const answer = await this.edge.ask('/api/reports', {
      method: 'POST',
      body: envelope,
      headers: { 'content-type': 'application/octet-stream', 'oasis-write': token },
    })
    if (answer.status !== 201) throw new Error(`the report is refused: ${answer.status}`)
    return toB64(await reportIdOf(envelope))
  }

  /** Lets a person send a report. */
  async arrive(): Promise<Thread> {
    const token = randomBytes(32)
    const hashes = { ownerHash: randomBytes(32), writeHash: await sha256(token) }
    return { id: await this.#send(hashes, KIND.helpForMe), hashes, token: toB64(token) }
  }

  /** Lets the person write again. */
  follow = ({ hashes, token }: Thread): Promise<string> => this.#send(hashes, KIND.followUp, token)

  /** Opens a case; null when the member may not. */
  async read(by: Member, id: string): Promise<OpenedReport | null> {
    const answer = await this.ask(by, `reports/${id}`)
    return answer.ok ? OpenedReport.parse(await answer.json()) : null
  }
}

/** Signs a change of a case at a head. */
export async function signedAt(
  { id, signing }: Member,
  { action, subject, prev }: { action: CaseAction; subject: string; prev: string },
  plainChange: object,
): Promise<SignedChange> {
  const change = JSON.stringify(plainChange)
  const statement = JSON.stringify({
    ...{ v: 1, actor: id, action, subject, at: dayOf(Date.now()), prev },
    changeHash: toB64(await sha256(utf8(change))),
  } satisfies Statement)
  const signature = await signBytes(signing.privateKey, statementMessage(action, statement))
  return { change, statement, signature: toB64(signature) }
}
