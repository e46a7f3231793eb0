// Makes the three readers of the month with one epoch and one team key, and signs them in.
import { DAY_MS } from '#protocol/limits'
import type { QuietSet, RotaSet } from '#protocol/staff/alerts/rota'
import { fetchDevices, postDevice } from '#site/staff/api/alert-api.ts'
import { sendAction } from '#site/staff/api/send-action.ts'
import { sendSigned } from '#site/staff/api/send-signed.ts'
import { fetchLedger } from '#site/staff/ledger/fetch-ledger.ts'
import { verifyLedger } from '#site/staff/ledger/verify-ledger.ts'
import type { CaseWriter } from '#site/staff/session/case-writer.ts'
import { LedgerWriter } from '#test/protocol/support/ledger.ts'
import { openTeam, writerOf, type Colleagues } from '../../support/colleagues.ts'
import { staffed } from '../../support/people.ts'
import type { TeamEdge } from '../../support/team-edge.ts'
import { browserAt } from '#test/worker/support/push-device.ts'
import { HOURS, READERS, type Duty, type Name } from './story.ts'

export const PROVIDER = 'https://fcm.googleapis.com/fcm/send/'

/** Makes the keys of three readers, which takes a while. Aigul is also an admin. */
export async function threeReaders(): Promise<Colleagues & { cholpon: CaseWriter }> {
  const [staff, second, third] = await Promise.all([staffed(), staffed(), staffed()])
  const writers = { aigul: writerOf(staff), bermet: writerOf(second) }
  const ledger = await LedgerWriter.begin(Date.now() - DAY_MS)
  await ledger.certify(writers.aigul, 'admin', 'intake')
  await ledger.certify(writers.bermet, 'intake')
  await ledger.certify(writerOf(third), 'intake')
  const { keys } = staff
  const roster = await openTeam(ledger, writers.aigul, keys, 1)
  const { intake, team } = keys
  return {
    ...{ staff, members: [staff, second, third], ledger, writers },
    aigul: { keys, roster },
    bermet: { keys: { ...second.keys, intake, team }, roster },
    cholpon: { keys: { ...third.keys, intake, team }, roster },
  }
}

/** A session older than this may have ended. */
const SESSION_MS = 4 * 3_600_000

/** A reader with a separate browser. */
export class Reader {
  readonly name: Name
  readonly edge: TeamEdge
  writer: CaseWriter
  #signedInAt = Date.now()

  constructor(name: Name, edge: TeamEdge, writer: CaseWriter) {
    this.name = name
    this.edge = edge
    this.writer = writer
  }

  get id(): string {
    return this.writer.keys.personId
  }

  /** Runs `work` in the reader's session, or in a new session when the current session is old. */
  async as<Result>(work: () => Promise<Result>): Promise<Result> {
    if (Date.now() - this.#signedInAt > SESSION_MS) await this.#beginSession()
    return this.edge.as(this.id, work)
  }

  async #beginSession(): Promise<void> {
    await this.edge.signIn(this.id)
    this.#signedInAt = Date.now()
  }

  /** Signs in, and replays the ledger, as the app does after unlocking. */
  async signIn(): Promise<void> {
    await this.#beginSession()
    const root = this.edge.team.ledger.rootKey
    const ledger = await this.as(() => verifyLedger(fetchLedger, root))
    if (ledger.is !== 'whole') throw new Error(`the ledger is ${ledger.is}`)
    this.writer = { ...this.writer, roster: ledger.roster }
  }

  /** Lets the reader's browser receive calls. */
  async addDevice(): Promise<void> {
    const { device } = await browserAt(`${PROVIDER}${this.name}`)
    await this.as(async () => {
      // The first request makes the key that signs calls.
      await fetchDevices()
      await postDevice(device)
    })
  }

  /** Signs the rota. @param idOf  the id of a reader */
  async setRota({ nights, days }: Duty, idOf: (name: Name) => string): Promise<void> {
    const change: RotaSet = {
      ...HOURS,
      nights: nights.map((order) => order.map(idOf)),
      days: days.map(idOf),
    }
    await this.as(() =>
      sendSigned(this.writer.keys, { action: 'rota.set', subject: this.id, change }, (signed) =>
        sendAction('rota.set', signed),
      ),
    )
  }

  async setQuiet(hours: Omit<QuietSet, 'hasDigest'>): Promise<void> {
    const change: QuietSet = { ...hours, hasDigest: true }
    await this.as(() =>
      sendSigned(this.writer.keys, { action: 'quiet.set', subject: this.id, change }, (signed) =>
        sendAction('quiet.set', signed),
      ),
    )
  }
}

/** Returns the readers by name. */
export function readersAt(
  edge: TeamEdge,
  team: Record<Lowercase<Name>, CaseWriter>,
): Record<Name, Reader> {
  const reader = (name: Name): [Name, Reader] => [
    name,
    new Reader(name, edge, team[name.toLowerCase() as Lowercase<Name>]),
  ]
  // Guarantee: READERS contains every name.
  return Object.fromEntries(READERS.map(reader)) as Record<Name, Reader>
}
