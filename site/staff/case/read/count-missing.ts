// Counts the signed absorbed cases, letters, replies, entries and records that the server
// withholds.
import { answerName } from '#protocol/staff/case-log/state'
import { type StoredCase } from '#protocol/staff/case-log/stored-case'
import { type CaseLogs } from './check-threads.ts'

/** Replies require a return number, so a report without a number cannot have missing replies. */
export function countMissing(reports: readonly StoredCase[], logs: CaseLogs): number {
  const ids = new Set(reports.map(({ item }) => item.id))
  const letters = new Set(
    reports.flatMap(({ item, followUps }) => [item, ...followUps].map(({ id }) => id)),
  )
  const answerable = reports.filter((each) => each.answerable)
  const shown = new Set(
    reports.flatMap(({ item, answers }) => answers.map(({ index }) => answerName(item.id, index))),
  )
  const isLost = (name: string): boolean =>
    !shown.has(name) && answerable.some(({ item }) => name.startsWith(`${item.id} `))
  const without = <Key>(
    signed: ReadonlyMap<Key, unknown> | undefined,
    has: (key: Key) => boolean,
  ): number => [...(signed?.keys() ?? [])].filter((key) => !has(key)).length
  const absorbed = new Set([...logs.values()].flatMap((log) => [...log.absorbed.keys()]))
  let missing = [...absorbed].filter((id) => !ids.has(id)).length
  for (const { item, entries, records } of reports) {
    const log = logs.get(item.id)
    const kept = new Set(entries.map(({ n }) => n))
    missing += without(log?.letters, (id) => letters.has(id))
    missing += without(log?.answers, (name) => !isLost(name))
    missing += without(log?.entries, (n) => kept.has(n))
    const held = new Set(records.map(({ record }) => record))
    missing += without(log?.records, (n) => held.has(n))
  }
  return missing
}
