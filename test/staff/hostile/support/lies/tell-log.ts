// Lies about case logs. Sends logs that end before an assignment, a key or a departure, with
// matching heads.
import { toB64 } from '#protocol/bytes'
import { Statement } from '#protocol/staff/statement'
import { headOf, type LedgerRow } from '#protocol/staff/ledger/rows'
import type { StoredCase } from '#protocol/staff/case-log/stored-case'
import { happens } from '#scripts/shared/seeded-random'
import { changesJson, type Lie, type MakeLie, type ServerHand } from '../hostile-server.ts'
import type { Exchange } from '../world.ts'
import { REPORT } from './tell-case.ts'

const HEAD = /^GET reports\/[\w-]{22}\/head$/
const REPORT_OR_HEAD = /^GET reports\/[\w-]{22}(\/head)?$/

export const statementIn = ({ statement }: LedgerRow): Statement =>
  Statement.parse(JSON.parse(statement))

/** A log is cut before one of these actions. */
const EDGES = ['key.make', 'case.assign', 'letters.take', 'entry.add', 'record.set', '']

/** Returns the number of rows before the last row with this action, or before a random row. */
export function cutOf({ chance }: ServerHand, rows: readonly LedgerRow[]): number {
  const action = chance.one(EDGES)
  const at = rows.findLastIndex((row) => statementIn(row).action === action)
  return at === -1 ? chance.below(rows.length + 1) : at + chance.below(2)
}

/** Shows a log without its last rows, with or without the parts that they record. */
export const cutLog: MakeLie = (hand) => {
  const isConsistent = happens(hand.chance, 70)
  return changesJson('a cut log', REPORT, (json: StoredCase) => {
    const log = json.log.slice(0, cutOf(hand, json.log))
    return isConsistent ? partsUntil(json, log) : { ...json, log }
  })
}

/** Shows the same shorter log each time, with its head. */
export const cutCase: MakeLie = ({ chance }) => {
  const action = happens(chance, 40) ? 'case.assign' : chance.one(EDGES)
  const more = chance.below(2)
  return {
    ...showsLogs('a cut log with its head', (json) => {
      const at = json.log.findLastIndex((row) => statementIn(row).action === action)
      return Promise.resolve(at === -1 ? json : partsUntil(json, json.log.slice(0, at + more)))
    }),
    about: { cases: ['lost', 'taken', 'regained'], acts: ['note', 'merge', 'merge', 'openCase'] },
  }
}

/**
 * Shows logs that end before their last assignment, so that a former caseworker seems to have the
 * case.
 */
export const cutToLoss: MakeLie = () => ({
  ...showsLogs('a log before its loss', (json) => Promise.resolve(beforeLoss(json))),
  isSteady: true,
  about: { cases: ['taken'], acts: ['merge', 'merge', 'note'] },
})

/** Shows the same logs, but with the true heads, so that the edge accepts the next row. */
export const cutToLossAlone: MakeLie = () => ({
  ...changesJson('a log before its loss, with its true head', REPORT, beforeLoss),
  isSteady: true,
  about: { cases: ['taken', 'regained'], acts: ['merge'] },
})

function beforeLoss(json: StoredCase): StoredCase {
  const at = json.log.findLastIndex((row) => statementIn(row).action === 'case.assign')
  return at === -1 ? json : partsUntil(json, json.log.slice(0, at))
}

/** Shows false logs together with their heads. */
export const showsLogs = (
  name: string,
  change: (json: StoredCase, sent: Exchange) => Promise<StoredCase>,
): Lie => ({
  ...{ name, on: REPORT_OR_HEAD },
  tell: async (sent, pass) => {
    const { path, ask } = sent
    const isHead = path.endsWith('/head')
    const answer = isHead ? await ask(path.replace('/head', '')) : await pass()
    if (!answer.ok) return isHead ? pass() : answer
    const opened = await change((await answer.json()) as StoredCase, sent)
    return Response.json(isHead ? { head: toB64(await headOf(opened.log)) } : opened)
  },
})

/** Keeps only the parts that a shorter log records. */
export function partsUntil(json: StoredCase, log: LedgerRow[]): StoredCase {
  const made = log.filter((row) => statementIn(row).action === 'key.make').length
  const own = ({ caseId }: { caseId: string }): boolean => caseId === json.item.id
  const assigns = log.map(statementIn).filter(({ action }) => action === 'case.assign')
  return {
    ...json,
    ...{ log, item: { ...json.item, rows: log.length } },
    ...(assigns.length === 0 && { item: { ...json.item, rows: log.length, assignee: null } }),
    caseKeys: json.caseKeys.filter((key) => !own(key) || key.keyNo <= made),
    entries: json.entries.filter(({ n }) => n <= log.length),
    records: json.records.filter(({ keyNo }) => keyNo <= made),
    taken: json.taken.filter(({ keyNo }) => keyNo <= made),
  }
}

/** Changes the text of a row, so that the log ends before that row although no hash changes. */
export const breakRow: MakeLie = (hand) => {
  const isAtLoss = happens(hand.chance, 60)
  return {
    ...changesJson('a broken row', REPORT, (json: StoredCase) => {
      const loss = json.log.findLastIndex((row) => statementIn(row).action === 'case.assign')
      const broken = isAtLoss && loss !== -1 ? loss : cutOf(hand, json.log)
      const log = json.log.map((row, at) => (at < broken ? row : { ...row, change: '{}' }))
      return { ...json, log }
    }),
    // A former caseworker has the key from before the last assignment.
    about: { cases: ['lost', 'taken', 'regained'], acts: ['note', 'title', 'task'] },
  }
}

/** Presents the head of a cut log as the newest, so that the next row extends it. */
export const cutHead: MakeLie = (hand) => ({
  name: 'an older head',
  on: HEAD,
  tell: async ({ path, ask }, pass) => {
    const opened = await ask(path.replace('/head', ''))
    if (!opened.ok) return pass()
    const { log } = (await opened.json()) as StoredCase
    const hash = await headOf(log.slice(0, cutOf(hand, log)))
    return Response.json({ head: toB64(hash) })
  },
})
