// Takes the case of an alert. A case that a colleague already has stays with that colleague.
import { loadReport } from '../case/read/load-report.ts'
import { assignable } from '../case/write/send-assignment.ts'
import { takeCase } from '../case/write/take-case.ts'
import type { CaseWriter } from '../session/case-writer.ts'

/** @throws Refusal the codes of takeCase */
export async function takeAlertedCase(by: CaseWriter, id: string): Promise<void> {
  const loaded = await loadReport(by, id)
  if (assignable(by.roster).some((member) => member.id === loaded.item.assignee)) return
  await takeCase(by, loaded, true)
}
