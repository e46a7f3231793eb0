// Runs an office whose requests pass through a wire. The wire may change every response. Each
// person has a browser with its own storage, and works in one tab at a time.
import { vi } from 'vitest'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { fetchMe } from '#site/staff/api/session-api.ts'
import { openCopies, proveKeys } from '#site/staff/crypto/shared-keys.ts'
import { type UnlockedKeys } from '#site/staff/crypto/unlock.ts'
import { fetchLedger } from '#site/staff/ledger/fetch-ledger.ts'
import { holdsRole } from '#site/staff/ledger/read-roster.ts'
import { verifyLedger } from '#site/staff/ledger/verify-ledger.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { askAs, type MemoryEdge } from '../../departure/support/edge.ts'
import type { Reader } from '../../departure/support/office.ts'
import { memoryStorage } from '../../support/memory-storage.ts'
import { freshTab } from './fresh-tab.ts'

const API = '/api/staff/'

/** A request from the staff app, with access to the honest edge. */
export interface Exchange {
  person: Person
  method: string
  /** the path after /api/staff/, with its query */
  path: string
  /** JSON text or bytes; empty without a body */
  body: string | Bytes
  /** sends the request to the honest edge */
  pass: () => Promise<Response>
  /** sends a different request to the honest edge, as the same person */
  ask: (path: string) => Promise<Response>
}

/** Responds to a request, honestly or not. */
export type Wire = (sent: Exchange) => Promise<Response>
const honest: Wire = ({ pass }) => pass()

/** A person with a browser. */
export class Person {
  readonly reader: Reader
  readonly store = memoryStorage()

  constructor(reader: Reader, kept: Iterable<[string, string]> = []) {
    this.reader = reader
    for (const [key, value] of kept) this.store.setItem(key, value)
  }

  get id(): string {
    return this.reader.by.keys.personId
  }
}

/** Words that a colleague or a reporter has written. */
export interface Word {
  text: string
  caseId: string
  /** true when the app reported them as stored and the edge stored them */
  isStored: boolean
}

export class World {
  readonly edge: MemoryEdge
  readonly root: Bytes
  wire: Wire = honest
  readonly words: Word[] = []
  #acting: Person | null = null
  #tab: { person: Person; by: CaseWriter } | null = null

  /** @param root  the root key that the build pins */
  constructor(edge: MemoryEdge, root: Bytes) {
    this.edge = edge
    this.root = root
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => this.#answer(path, init))
  }

  /**
   * Runs `work` as a person. The previous person's tab is closed.
   *
   * @param isNew  true to open a new tab
   */
  async as<Result>(
    person: Person,
    isNew: boolean,
    work: (by: CaseWriter) => Promise<Result>,
  ): Promise<Result> {
    this.#acting = person
    vi.stubGlobal('localStorage', person.store)
    if (isNew || this.#tab?.person !== person) {
      this.#tab = null
      await freshTab()
      this.#tab = { person, by: await this.signIn(person) }
    }
    return work(this.#tab.by)
  }

  /** Opens and proves a person's keys. @throws Refusal `ledger_broken`, as nextRoster does */
  async signIn({ reader }: Person): Promise<CaseWriter> {
    const { keys } = reader.by
    const copies = await openCopies(keys.own, await fetchMe())
    const roster = await this.nextRoster()
    const { shared } = await proveKeys(copies, roster)
    return { keys: { ...keys, ...shared }, roster }
  }

  /** @throws Refusal `ledger_broken` unless the ledger is valid */
  nextRoster = async (): Promise<Roster> => {
    const ledger = await verifyLedger(fetchLedger, this.root)
    if (ledger.is !== 'whole') throw new Refusal('ledger_broken')
    return ledger.roster
  }

  nextKeys = async (keys: UnlockedKeys): Promise<UnlockedKeys> => {
    const copies = await openCopies(keys.own, await fetchMe())
    return { ...keys, ...(await proveKeys(copies, await this.nextRoster())).shared }
  }

  /** Closes the tab. The next act opens a new tab, which reads the ledger again. */
  closeTab(): void {
    this.#tab = null
  }

  #answer(path: string, init: RequestInit): Promise<Response> {
    const person = this.#acting
    if (!person) throw new Error('nobody acts')
    const method = init.method ?? 'GET'
    const body = (init.body ?? '') as string | Bytes
    const { cookie, received } = person.reader
    const pass = async (): Promise<Response> => {
      const answer = await askAs(this.edge, cookie, path, init)
      const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
      if (isJson) received.push(await answer.clone().text())
      return answer
    }
    const ask = (other: string): Promise<Response> => askAs(this.edge, cookie, `${API}${other}`)
    return this.wire({ person, method, path: path.replace(API, ''), body, pass, ask })
  }
}

/** Caseworkers have no team key, and see only their cases. */
export const isReader = ({ keys, roster }: CaseWriter): boolean =>
  holdsRole(roster, keys.personId, 'intake')
