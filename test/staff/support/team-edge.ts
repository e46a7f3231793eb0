// Runs the real worker on in-memory stores for colleagues who share one process. The worker
// receives a change in the signer's session, and everything else in the session of `reader`. `as`
// runs `work` in another session. The wire between the app and the worker can change any response.
import { AsyncLocalStorage } from 'node:async_hooks'
import { vi } from 'vitest'
import * as z from 'zod/mini'
import { toB64, type Bytes } from '#protocol/bytes'
import { StoredCase } from '#protocol/staff/case-log/stored-case'
import { SignedChange } from '#protocol/staff/chain'
import type { LedgerRow } from '#protocol/staff/ledger/rows'
import { Statement } from '#protocol/staff/statement'
import { forgetSeen } from '#site/staff/ledger/known-heads.ts'
import {
  askAs,
  beginSession,
  makeEdge,
  postLetter,
  type EdgeImage,
  type EdgeSettings,
  type MemoryEdge,
} from '../departure/support/edge.ts'
import { type Colleagues } from './colleagues.ts'
import { type Filed, type Staffed } from './people.ts'

const API = '/api/staff/'
const Failure = z.object({ error: z.object({ code: z.string() }) })
/** A body that contains more than the signed change. */
const WithParts = z.object({ signed: SignedChange })

/** Returns the signer of the change in a body, or null. */
function signerOf(body: string | Bytes): string | null {
  if (typeof body !== 'string' || body === '') return null
  const json: unknown = JSON.parse(body)
  const signed = WithParts.safeParse(json).data?.signed ?? SignedChange.safeParse(json).data
  return signed ? Statement.parse(JSON.parse(signed.statement)).actor : null
}

/** A request from the app, with a way to pass the request to the worker. */
export interface Sent {
  /** id of the person whose session the request uses */
  person: string
  method: string
  /** the path after /api/staff/, with its query */
  path: string
  /** JSON text or bytes; empty if the request has no body */
  body: string | Bytes
  /** sends the request to the worker */
  pass: () => Promise<Response>
}

export type Wire = (sent: Sent) => Promise<Response>
const honest: Wire = ({ pass }) => pass()

/** The response of a server that refuses a request. */
export const refusal = (code: string, status = 409): Response =>
  Response.json({ error: { code } }, { status })

/** The wire to a server that shows a changed case in place of the stored case. */
export const showing =
  (id: string, lie: (stored: StoredCase) => StoredCase): Wire =>
  async ({ method, path, pass }) =>
    method === 'GET' && path === `reports/${id}`
      ? Response.json(lie(StoredCase.parse(await (await pass()).json())))
      : pass()

/** The stores with the people of each team, which are slow to make. */
const images = new WeakMap<Colleagues, EdgeImage>()

const rootOf = ({ staff }: Colleagues): string => toB64(staff.org.root.publicKey)

export class TeamEdge {
  readonly team: Colleagues
  readonly stores: MemoryEdge
  wire: Wire = honest
  /** the person in whose session the app reads */
  reader: string
  /** codes of the worker's refusals, oldest first */
  readonly refused: string[] = []
  /** responds to the worker's own calls, such as a call to a device */
  carrier: (url: URL) => Promise<Response> = () => Promise.reject(new TypeError('no network'))
  readonly #acting = new AsyncLocalStorage<string>()
  /** keyed by person id */
  readonly #cookies: Map<string, string>

  private constructor(team: Colleagues, stores: MemoryEdge, cookies: Map<string, string>) {
    this.team = team
    this.stores = stores
    this.#cookies = cookies
    this.reader = team.aigul.keys.personId
    // This edge lacks the rows that an earlier test has seen on another edge.
    forgetSeen()
    vi.stubGlobal('fetch', (to: string | URL, init: RequestInit) =>
      typeof to === 'string' ? this.#answer(to, init) : this.carrier(to),
    )
  }

  /** Signs in all people at an edge without reports. */
  static async begin(team: Colleagues, settings?: EdgeSettings): Promise<TeamEdge> {
    const known = images.get(team)
    const edge = new TeamEdge(team, await makeEdge(rootOf(team), known, settings), new Map())
    if (!known) images.set(team, await edge.#enter())
    for (const { me } of team.members) await edge.signIn(me.id)
    return edge
  }

  /** Inserts the ledger, the epoch and the people. */
  async #enter(): Promise<EdgeImage> {
    const { org } = this.team.staff
    this.stores.insertEpoch(1, { manifest: org.manifestBytes, hybridKey: org.hybridKey })
    for (const { me, named } of this.team.members) this.stores.insertPerson({ ...me, named }, null)
    await this.addRows(this.team.ledger.rows)
    return this.stores.image()
  }

  /** Makes an edge that starts with the stores of this edge and responds to the app from now on. */
  async copy(): Promise<TeamEdge> {
    const stores = await makeEdge(rootOf(this.team), this.stores.image())
    return new TeamEdge(this.team, stores, new Map(this.#cookies))
  }

  /** Adds rows to the ledger, with the generations of the team key that they open. */
  async addRows(rows: readonly LedgerRow[]): Promise<void> {
    await this.stores.insertLedger(rows)
    for (const { statement } of rows) {
      const { action, subject } = Statement.parse(JSON.parse(statement))
      if (action === 'team.open') this.stores.insertTeam(Number(subject))
    }
  }

  /** Starts a session for a person. */
  async signIn(id: string): Promise<void> {
    this.#cookies.set(id, await beginSession(this.stores, id))
  }

  /** Runs `work` in a person's session, possibly in parallel with the work of other people. */
  as<Result>(person: string, work: () => Promise<Result>): Promise<Result> {
    return this.#acting.run(person, work)
  }

  /** Signs in a person who reads only assigned cases. */
  async addCaseworker({ me, named }: Staffed): Promise<void> {
    this.stores.insertPerson({ ...me, named, roles: ['caseworker'] }, null)
    await this.signIn(me.id)
  }

  /** Sends a letter as its writer does. */
  post(filed: Filed): Promise<Filed> {
    return postLetter(this.stores, filed)
  }

  /** Returns a case as the worker returns it, bypassing the wire. */
  async stored(id: string): Promise<StoredCase> {
    const answer = await this.#ask(this.reader, `${API}reports/${id}`)
    return StoredCase.parse(await answer.json())
  }

  #ask(person: string, path: string, init?: RequestInit): Promise<Response> {
    const cookie = this.#cookies.get(person)
    if (cookie === undefined) throw new Error('nobody is signed in')
    return askAs(this.stores, cookie, path, init)
  }

  #answer(path: string, init: RequestInit): Promise<Response> {
    const body = (init.body ?? '') as string | Bytes
    const person = signerOf(body) ?? this.#acting.getStore() ?? this.reader
    const pass = async (): Promise<Response> => {
      const answer = await this.#ask(person, path, init)
      if (!answer.ok) this.refused.push(Failure.parse(await answer.clone().json()).error.code)
      return answer
    }
    const method = init.method ?? 'GET'
    return this.wire({ person, method, path: path.replace(API, ''), body, pass })
  }
}
