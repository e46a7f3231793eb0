// Compares the cases at the end of a month with the words that were written. The browser of each
// reader replays every log and opens every word.
import { EntryAdd, ReplyChange } from '#protocol/staff/case-log/changes'
import { Statement } from '#protocol/staff/statement'
import { checkCase, type CaseChecks } from '#site/staff/case/read/check-case.ts'
import { loadReport, type LoadedReport } from '#site/staff/case/read/load-report.ts'
import { summaryIn } from '#site/staff/case/read/read-records.ts'
import type { Month } from './month.ts'
import { READERS, type Name } from './story.ts'
import type { CaseAct } from './work-on-case.ts'

/** The acts whose words are not stored. */
const WORDLESS: readonly CaseAct[] = ['takes', 'gives', 'closes']

/** Lists the faults that a reader's browser finds at the end. */
export async function endFaults(month: Month): Promise<string[]> {
  const faults: string[] = []
  for (const name of READERS) {
    await month.signIn(name)
    for (const caseId of new Set(month.letters.map((letter) => letter.caseId)))
      faults.push(...(await caseFaults(month, name, caseId)))
  }
  return faults
}

async function caseFaults(month: Month, name: Name, caseId: string): Promise<string[]> {
  const reader = month.readers[name]
  return reader.as(async () => {
    const loaded = await loadReport(reader.writer, caseId)
    const checks = await checkCase(loaded.sealed, reader.writer.roster)
    const found = [
      ...doubts(checks),
      ...wordFaults(month, caseId, loaded),
      ...rowFaults(loaded.sealed.log),
    ]
    const [letter] = month.letters.filter((each) => each.caseId === caseId)
    return found.map((what) => `${name} in ${letter?.name ?? caseId}: ${what}`)
  })
}

/** Lists everything that a browser marks in a case. */
function doubts({ fault, known, ...checks }: CaseChecks): string[] {
  const { letters, answers, entries, records, missing } = checks
  return [
    ...(fault ? [`the log is ${fault.is} at row ${fault.at}`] : []),
    ...(known === 'fine' ? [] : [`the log is ${known}`]),
    ...(checks.statusDiffers ? ['another status than signed'] : []),
    ...(checks.dangerDiffers ? ['another danger than signed'] : []),
    ...(checks.assigneeDiffers ? ['another holder than signed'] : []),
    ...(letters.size + answers.size + entries.size + records.size > 0 ? ['other words'] : []),
    ...(missing > 0 ? ['words are missing'] : []),
  ]
}

/** Lists the words that are lost or stored twice. */
function wordFaults({ letters, written }: Month, caseId: string, loaded: LoadedReport): string[] {
  const { first, followUps, answers, entries, records } = loaded
  const texts = [
    ...[first?.report.text, ...followUps.map(({ report }) => report?.text)],
    ...[...answers.map(({ text }) => text), ...entries.map(({ entry }) => entry?.text)],
    ...(summaryIn(records)?.marks ?? []),
  ]
  const wanted = [
    ...letters.filter((each) => each.caseId === caseId),
    ...written.filter((each) => each.caseId === caseId && !WORDLESS.includes(each.does)),
  ]
  return wanted.flatMap(({ text }) => {
    const times = texts.filter((each) => each === text).length
    return times === 1 ? [] : [`"${text}" is stored ${times} times`]
  })
}

/** Lists rows that are signed twice, and letters that two people answered. */
function rowFaults(log: LoadedReport['sealed']['log']): string[] {
  const rows = log.map(({ statement, change }) => ({
    ...Statement.parse(JSON.parse(statement)),
    change: JSON.parse(change) as unknown,
  }))
  const replies = rows
    .filter(({ action }) => action === 'answer.send')
    .map(({ change }) => String(ReplyChange.parse(change).followUps))
  const entries = rows
    .filter(({ action }) => action === 'entry.add')
    .map(({ change }) => EntryAdd.parse(change).entryHash)
  return [
    ...repeated(replies).map((n) => `the person's letter ${n} is answered twice`),
    ...repeated(entries).map(() => 'a row is signed twice'),
  ]
}

const repeated = (values: readonly string[]): string[] =>
  values.filter((value, place) => values.indexOf(value) !== place)
