// Lies by adding rows that a former colleague signs now, with a ledger head from their time on the
// staff.
import { fromB64, sha256, toB64, utf8 } from '#protocol/bytes'
import { signBytes } from '#protocol/keys/signatures'
import { dayOf } from '#protocol/time'
import type { CaseAction } from '#protocol/staff/actions'
import { caseKeyName } from '#protocol/staff/case-log/bodies'
import { caseKeyHash } from '#protocol/staff/case-log/key-hash'
import { NO_ROW, statementMessage } from '#protocol/staff/chain'
import { headOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import type { History } from '../history.ts'
import { type MakeLie, type ServerHand } from '../hostile-server.ts'
import { sealedPart } from '../server-keys.ts'
import { FORGED, FORGED_REASON } from '../view-case.ts'
import type { Exchange } from '../world.ts'
import { withFalseKeys } from './tell-case.ts'
import { cutOf, partsUntil, statementIn, showsLogs } from './tell-log.ts'

type ShowLog = Parameters<typeof showsLogs>[1]

/** Shows the same log of a case during the whole run. */
const keepsEach = (show: ShowLog): ShowLog => {
  const shown = new Map<string, Promise<StoredCase>>()
  return (json, sent) => {
    const { id } = json.item
    const known = shown.get(id) ?? show(json, sent)
    shown.set(id, known)
    return known
  }
}

/** Returns the number of the ledger row that ended the reader's access. */
const departureRow = ({ former, keeper }: History): number =>
  keeper.roster.readers.get(former.reader.by.keys.personId)?.[0]?.until ?? 1

const sawDeparture = ({ history }: ServerHand, log: readonly LedgerRow[]): boolean =>
  log.some((row) => (statementIn(row).ledger?.n ?? 0) >= departureRow(history))

/** Signs a row with the key of the former reader. */
async function rowOfLeaver(
  { history, chance }: ServerHand,
  log: readonly LedgerRow[],
  { action, subject, change }: { action: CaseAction; subject: string; change: object },
): Promise<LedgerRow> {
  const { keys } = history.former.reader.by
  const { hashes } = history.keeper.roster
  const n = departureRow(history) - chance.one([1, 1, 2, 4])
  const text = JSON.stringify(change)
  const last = log.at(-1)
  const at = last ? statementIn(last).at : dayOf(Date.now())
  const statement = JSON.stringify({
    ...{ v: 2, actor: keys.personId, action, subject, at },
    changeHash: toB64(await sha256(utf8(text))),
    prev: toB64(await headOf(log)),
    ledger: { n, hash: toB64(hashes[n - 1] ?? NO_ROW) },
  })
  const signature = await signBytes(keys.sign, statementMessage('case-log', statement))
  return { change: text, statement, signature: toB64(signature) }
}

const noteAdded = async ({ added }: ServerHand, log: readonly LedgerRow[], row: LedgerRow) =>
  added.set(toB64(await headOf([...log, row])), log.length)

const keysIn = (log: readonly LedgerRow[]): number =>
  log.filter((row) => statementIn(row).action === 'key.make').length

/** Adds a row that records one of the server's own keys. */
export const dateBack: MakeLie = (hand) => ({
  ...showsLogs(
    'a key dated back',
    keepsEach((json, sent) => withKeyRow(hand, json, sent)),
  ),
  about: { cases: ['new', 'newest', 'unopened'], acts: ['openCase', 'note'] },
})

async function withKeyRow(
  hand: ServerHand,
  json: StoredCase,
  { person }: Exchange,
): Promise<StoredCase> {
  const { chance } = hand
  const subject = json.item.id
  const to = person.reader.by.keys.publicKeys.hpkePublic
  const log = json.log.slice(0, chance.one([0, 0, cutOf(hand, json.log)]))
  const { opened, key } = await withFalseKeys(hand, json, subject, to)
  const keyNo = keysIn(log) + 1
  const keyHash = await caseKeyHash({ caseId: subject, keyNo }, key.bytes)
  const change = { keyNo, generation: chance.one([1, 2, 2]), keyHash }
  const row = await rowOfLeaver(hand, log, { action: 'key.make', subject, change })
  await noteAdded(hand, log, row)
  return { ...opened, ...partsUntil(opened, [...log, row]), caseKeys: opened.caseKeys }
}

/** Closes a case with a row that does not need a key. */
export const dateStatusBack: MakeLie = (hand) => ({
  ...showsLogs(
    'a status dated back',
    keepsEach((json) => withStatus(hand, json)),
  ),
  about: { cases: ['old', 'unopened'], acts: ['note', 'openCase'] },
})

async function withStatus(hand: ServerHand, json: StoredCase): Promise<StoredCase> {
  const { log, item, followUps } = json
  if (!sawDeparture(hand, log)) return json
  const closing = { to: 'closed', reason: FORGED_REASON } as const
  const change = { from: item.status, ...closing, followUps: followUps.length }
  const row = await rowOfLeaver(hand, log, { action: 'status.set', subject: item.id, change })
  await noteAdded(hand, log, row)
  const closed = { ...item, status: closing.to, closeReason: closing.reason, rows: log.length + 1 }
  return { ...json, log: [...log, row], item: closed }
}

/** Adds an entry under a key that a former colleague on the case has. */
export const dateEntryBack: MakeLie = (hand) => ({
  ...showsLogs(
    'an entry dated back',
    keepsEach((json) => withEntry(hand, json)),
  ),
  about: { cases: ['left'] },
})

async function withEntry(hand: ServerHand, json: StoredCase): Promise<StoredCase> {
  const { log, entries, item } = json
  const keyNo = keysIn(log)
  const bytes = hand.keys.oldCaseKeys.get(caseKeyName({ caseId: item.id, keyNo }))
  if (!bytes || !sawDeparture(hand, log)) return json
  const author = hand.history.former.reader.by.keys.personId
  const entry = { v: 1, kind: 'note', at: '2026-11-29T21:00Z', text: `${FORGED} entry` }
  const sealed = await sealedPart(bytes, `oasis/v1/case-entry ${item.id} ${author}`, entry)
  const change = { keyNo, entryHash: toB64(await sha256(fromB64(sealed))) }
  const row = await rowOfLeaver(hand, log, { action: 'entry.add', subject: item.id, change })
  await noteAdded(hand, log, row)
  const n = log.length + 1
  return { ...json, log: [...log, row], entries: [...entries, { n, sealed }] }
}
