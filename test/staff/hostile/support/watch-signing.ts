// Watches what browsers sign while a server lies. No row may extend a branch that lacks the
// browser's own rows. No letter may enter the wrong case. No checkpoint may omit rows that an
// earlier checkpoint covered.
import { toB64, type Bytes } from '#protocol/bytes'
import { leavesOf, readUpload } from '#protocol/staff/ledger/checkpoint'
import { readLeaves } from '#protocol/staff/ledger/checkpoint-leaves'
import { LettersTake } from '#protocol/staff/case-log/changes'
import { SignedChange } from '#protocol/staff/chain'
import { Statement } from '#protocol/staff/statement'
import { signedCases } from '#site/staff/ledger/known-heads.ts'
import { type MemoryEdge } from '../../departure/support/edge.ts'
import type { History } from './history.ts'
import type { Exchange } from './world.ts'

/** Everything that is needed to judge signed rows. */
export interface Judged {
  history: History
  edge: MemoryEdge
  /** see ServerHand */
  added: ReadonlyMap<string, number>
}

/** Returns sentences about rows that no honest browser may sign. */
export function faultsSigned(
  { history, edge, added }: Judged,
  { method, path, body }: Pick<Exchange, 'method' | 'path' | 'body'>,
): string[] {
  if (method === 'GET') return []
  if (typeof body !== 'string') return path === 'checkpoints' ? lacksRows(history, body) : []
  return signedIn(body).flatMap(({ statement, change }) => {
    const said = Statement.parse(JSON.parse(statement))
    return said.ledger
      ? [...forks({ history, edge, added }, said), ...strays(history, edge, said, change)]
      : []
  })
}

/** Finds the signed rows in a request. */
function signedIn(body: string): SignedChange[] {
  const json = JSON.parse(body === '' ? '{}' : body) as Record<string, unknown>
  const changes = Array.isArray(json['changes']) ? (json['changes'] as { signed: unknown }[]) : []
  return [json, json['signed'], json['merged'], json['absorbed'], ...changes.map((c) => c.signed)]
    .map((each) => SignedChange.safeParse(each).data)
    .filter((each) => each !== undefined)
}

function forks({ history, edge, added }: Judged, { subject, prev, action }: Statement) {
  const chain = edge
    .rows('SELECT case_id, hash FROM case_log ORDER BY n')
    .filter((row) => toB64(row['case_id'] as Bytes) === subject)
    .map((row) => toB64(row['hash'] as Bytes))
  const own = signedCases(history.keeper.roster).find(({ caseId }) => caseId === subject)
  const place = chain.includes(prev) ? chain.indexOf(prev) : (added.get(prev) ?? 0) - 1
  const isFork = own && chain.indexOf(own.head) > place
  return isFork ? [`${action} before an own row`] : []
}

function strays(
  { caseOf }: History,
  edge: MemoryEdge,
  { action, subject }: Statement,
  change: string,
): string[] {
  if (action !== 'letters.take') return []
  const merged = edge
    .rows('SELECT id, merged_into FROM reports WHERE merged_into IS NOT NULL')
    .map((row) => `${toB64(row['id'] as Bytes)} ${toB64(row['merged_into'] as Bytes)}`)
  return LettersTake.parse(JSON.parse(change)).letters.flatMap(({ id }) => {
    const own = caseOf.get(id) ?? subject
    return own === subject || merged.includes(`${own} ${subject}`) ? [] : ['a stray letter']
  })
}

function lacksRows({ covered }: History, body: Bytes): string[] {
  const leaves = readLeaves(leavesOf(readUpload(body).stored))
  const rows = new Map(leaves.map(({ caseId, n }) => [toB64(caseId), n]))
  return [...covered].flatMap(([id, n]) =>
    (rows.get(id) ?? 0) < n ? ['a checkpoint without covered rows'] : [],
  )
}
