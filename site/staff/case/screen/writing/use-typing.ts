// Tells colleagues, at most once a minute, that a person is typing a reply or a note in a case.
import { putWriting } from '../../../api/case-api.ts'
import { useSessionContext } from '../../../session/session-context.ts'

const MINUTE_MS = 60_000

/** The case and the person in this tab's last mark, and when the mark was sent. */
let last = { of: '', at: 0 }

/** Returns the function to call when the person changes text in a case. */
export function useTyping(caseId: string): () => void {
  const { me } = useSessionContext()
  return () => {
    const [of, now] = [`${me.id} ${caseId}`, Date.now()]
    if (last.of === of && now - last.at < MINUTE_MS) return
    last = { of, at: now }
    // A mark that could not be sent must not disturb anybody. The next one follows within a minute.
    void putWriting(caseId).catch(() => undefined)
  }
}
