// Reports a danger that was found during a follow-up. The danger is stored first, so that a later
// failure cannot hide it. Then the case is reopened, and the follow-up ends.
import { type EntryOf } from '../../crypto/case-entry.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { endOfTask, type TaskPlace } from './end-of-task.ts'
import { noteOf } from './note-of.ts'
import { takeCase } from './take-case.ts'
import { writeIn } from './write-in.ts'

const PLACE = /^(\S+) (\d+)$/
export const placeText = ({ caseId, n }: TaskPlace): string => `${caseId} ${n}`

/** Returns null for a string that does not refer to a task. */
export function placeFrom(text: string): TaskPlace | null {
  const [, caseId, n] = PLACE.exec(text) ?? []
  return caseId === undefined ? null : { caseId, n: Number(n) }
}

/**
 * @param assigns  true when the person may also become the holder of a case that nobody has
 * @param stored  the words that earlier attempts stored before they failed; emptied on success
 * @returns the key that identifies the words in the view
 * @throws Refusal the codes of writeIn and takeCase
 */
export async function reportDanger(
  by: CaseWriter,
  loaded: LoadedReport,
  task: TaskPlace,
  danger: EntryOf<'danger'>,
  { assigns, stored }: { assigns: boolean; stored: Map<string, string> },
): Promise<string> {
  const writing = writeIn(by, loaded.sealed)
  const { text, at } = danger
  // If a colleague has already set the danger, the words become a note.
  stored.set(
    text,
    stored.get(text) ??
      (await (loaded.danger ? writing.entry(noteOf(text)) : writing.danger(danger))),
  )
  const key = stored.get(text) ?? ''
  await takeCase(by, loaded, assigns && loaded.item.assignee === null)
  await writing.task(endOfTask(loaded, task, { at, text: '', outcome: 'in_danger', isDone: true }))
  stored.clear()
  return key
}
