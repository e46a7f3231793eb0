// Runs the real worker on in-memory stores for several readers with real keys. The functions of the
// staff app reach the worker through `fetch`, always in the session of the acting person.
import { vi } from 'vitest'
import { fromB64, randomBytes, toB64, type Bytes } from '#protocol/bytes'
import { trustedManifest } from '#protocol/keys/manifest'
import { DAY_MS } from '#protocol/limits'
import { replayLedger } from '#protocol/staff/ledger/roster'
import { type Roster } from '#protocol/staff/ledger/roster-state'
import { dayNumber } from '#protocol/time'
import { fetchMe } from '#site/staff/api/session-api.ts'
import { type CaseWriter } from '#site/staff/session/case-writer.ts'
import { sealPrfSlot } from '#site/staff/crypto/prf-slot.ts'
import { makeHybridPair } from '#site/staff/crypto/seal-to.ts'
import { openCopies, proveKeys } from '#site/staff/crypto/shared-keys.ts'
import { type UnlockedKeys } from '#site/staff/crypto/unlock.ts'
import { openNextEpoch } from '#site/staff/ledger/change-epochs.ts'
import { openNextTeam } from '#site/staff/ledger/open-team.ts'
import { fetchLedger } from '#site/staff/ledger/fetch-ledger.ts'
import { LedgerWriter } from '#test/protocol/support/ledger.ts'
import { member } from '#test/staff/support/ledger.ts'
import { type Published } from '#test/staff/support/people.ts'
import { askAs, beginSession, makeEdge, type MemoryEdge } from './edge.ts'

const KEEPER_DAYS = 700
const READERS = 3

/** A reader, with everything that the edge has ever sent to the reader's browser. */
export interface Reader {
  by: CaseWriter
  /** the 32 bytes that open the person's own keys */
  master: Bytes
  cookie: string
  /** JSON texts of the responses, oldest first */
  received: string[]
}

export class Office {
  readonly edge: MemoryEdge
  readonly readers: readonly [Reader, Reader, Reader]
  /** colleagues who read only assigned cases */
  readonly caseworkers: readonly Reader[]
  /** seed of the recovery key, which exists only on paper */
  readonly recoverySeed: Bytes
  /** the root key that the build pins */
  readonly root: Bytes
  #acting: Reader | null = null

  private constructor(
    edge: MemoryEdge,
    readers: Office['readers'],
    caseworkers: readonly Reader[],
    { root, recoverySeed }: { root: Bytes; recoverySeed: Bytes },
  ) {
    this.edge = edge
    this.readers = readers
    this.caseworkers = caseworkers
    this.root = root
    this.recoverySeed = recoverySeed
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => this.#answer(path, init))
  }

  /** the first of the caseworkers */
  get caseworker(): Reader {
    const [first] = this.caseworkers
    if (!first) throw new Error('a colleague is missing')
    return first
  }

  /**
   * Sets up an office with one epoch and one generation. The first reader is a keeper.
   *
   * @param helpers  the number of caseworkers
   */
  static async open(helpers = 1): Promise<Office> {
    const recovery = await makeHybridPair()
    const ledger = await LedgerWriter.begin(Date.now() - DAY_MS, toB64(recovery.publicKey))
    const keeper = await member()
    const members = [keeper]
    for (let n = 1; n < READERS + helpers; n++) members.push(await member())
    for (const [at, { writer }] of members.entries())
      await (at < READERS
        ? ledger.certify(writer, 'admin', 'intake')
        : ledger.certify(writer, 'caseworker'))
    const lastDay = dayNumber(Date.now()) + KEEPER_DAYS
    await ledger.certifyKeeper(keeper.writer, lastDay)
    const edge = await makeEdge(toB64(ledger.rootKey))
    await edge.insertLedger(ledger.rows)
    const roster = await rosterUnder(ledger.rows, ledger.rootKey)
    const none = { intake: new Map(), team: new Map() }
    const readers: Reader[] = []
    for (const [at, { staff }] of members.entries()) {
      const { me, master } = staff
      const isHelper = at >= READERS
      const person = { ...me, named: staff.named }
      edge.insertPerson(
        isHelper ? { ...person, roles: ['caseworker'] } : person,
        at === 0 ? lastDay : null,
      )
      edge.insertSlot(fromB64(me.id), await sealPrfSlot(master, randomBytes(32), 'AAAA'))
      readers.push({
        by: { keys: { ...staff.keys, ...none }, roster },
        master,
        cookie: await beginSession(edge, me.id),
        received: [],
      })
    }
    const [first, second, third, ...caseworkers] = readers
    if (!first || !second || !third) throw new Error('a colleague is missing')
    const office = new Office(edge, [first, second, third], caseworkers, {
      root: ledger.rootKey,
      recoverySeed: recovery.seed,
    })
    await office.inSession(first, () => openNextEpoch(first.by.keys, first.by.roster))
    await office.as(first, ({ by }) => openNextTeam(by.keys, by.roster))
    return office
  }

  /**
   * Unlocks a person's keys again, and runs `work` in that person's session. No other person acts
   * while `work` runs.
   */
  as = <Result>(reader: Reader, work: (reader: Reader) => Promise<Result>): Promise<Result> =>
    this.inSession(reader, async () => {
      reader.by = { keys: await this.nextKeys(reader), roster: await this.nextRoster() }
      return work(reader)
    })

  /** Opens and proves every key that the edge has for the acting person. */
  nextKeys = async ({ by: { keys } }: Reader): Promise<UnlockedKeys> => {
    const copies = await openCopies(keys.own, await fetchMe())
    return { ...keys, ...(await proveKeys(copies, await this.nextRoster())).shared }
  }

  /** Runs `work` in a person's session, with the keys that their browser has. */
  async inSession<Result>(reader: Reader, work: () => Promise<Result>): Promise<Result> {
    if (this.#acting) throw new Error('another person acts')
    this.#acting = reader
    try {
      return await work()
    } finally {
      this.#acting = null
    }
  }

  nextRoster = async (): Promise<Roster> => rosterUnder(await fetchLedger(), this.root)

  /** Returns the keys of an epoch, as a page received them when the epoch was the newest. */
  async published(epoch: number): Promise<Published> {
    const [row] = this.edge.rows('SELECT manifest, hybrid_key FROM epochs WHERE epoch = ?', epoch)
    if (!row) throw new Error('the epoch is unknown')
    const manifest = await trustedManifest(row['manifest'] as Bytes, this.root, Date.now())
    return { org: { manifest, hybridKey: row['hybrid_key'] as Bytes } }
  }

  async #answer(path: string, init: RequestInit): Promise<Response> {
    const reader = this.#acting
    if (!reader) throw new Error('nobody acts')
    const answer = await askAs(this.edge, reader.cookie, path, init)
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true
    if (isJson) reader.received.push(await answer.clone().text())
    return answer
  }
}

async function rosterUnder(rows: Parameters<typeof replayLedger>[0], root: Bytes): Promise<Roster> {
  const replayed = await replayLedger(rows, root)
  if (!replayed.isWhole) throw new Error(`the ledger is broken at row ${replayed.at}`)
  return replayed.roster
}
