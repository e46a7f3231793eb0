// Takes up the case of an alert. A case that a colleague has stays with them.
import { loadReport } from '../case/read/load-report.ts'
import { assignable, sendAssignment } from '../case/write/send-assignment.ts'
import { sendStatus } from '../case/write/send-status.ts'
import type { CaseWriter } from '../session/case-writer.ts'

/** @throws Refusal the codes of sendStatus and sendAssignment */
export async function takeCase(by: CaseWriter, id: string): Promise<void> {
  const loaded = await loadReport(by, id)
  const { assignee, status } = loaded.item
  if (assignable(by.roster).some((member) => member.id === assignee)) return
  if (status === 'new') await sendStatus(by, loaded, 'in_progress')
  await sendAssignment(by, loaded, by.keys.personId)
}
