// While the report is open in a visible tab, lets the person see that a colleague is reading now.
// The mark is sealed under a key derived from the number, so only the number's holder can read it.
import { fromB64, toB64 } from '#protocol/bytes'
import { READING_INDEX } from '#protocol/limits'
import { sealReply } from '#protocol/report/reply'
import { minuteOf } from '#protocol/time'
import { postReading } from '../../../api/case-api.ts'
import { usePoll } from '../../../ui/use-poll.ts'
import { type LoadedReport } from '../../read/load-report.ts'

export function useReadingMark({ id, first, reply }: LoadedReport): void {
  const mark = async (): Promise<void> => {
    if (!first || !reply || document.visibilityState !== 'visible') return
    const note = { v: 1, at: minuteOf(Date.now()), text: '' } as const
    const { ownerHash } = first.header
    const sealed = await sealReply(fromB64(reply.down), ownerHash, READING_INDEX, note)
    await postReading(id, { sealed: toB64(sealed) })
  }
  // A mark that could not be sent must not disturb the colleague. The next mark follows within a
  // minute.
  usePoll(() => void mark().catch(() => undefined))
}
