// Gives a case back, without a reason.
import { sendAction } from '../../api/send-action.ts'
import { type CaseWriter } from '../../session/case-writer.ts'
import { sendCaseSigned } from './send-case-signed.ts'

/**
 * @throws Refusal `assignee_changed` when somebody else has the case. Otherwise the codes of
 *   sendCaseSigned.
 */
export const sendReturn = async (by: CaseWriter, id: string): Promise<void> => {
  await sendCaseSigned(by, { action: 'case.return', subject: id, change: {} }, (signed) =>
    sendAction('case.return', signed, id),
  )
}
