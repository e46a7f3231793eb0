// Holds the draft of a reply and sends it, in two steps: the words, then the preview. When a
// colleague was faster or the person wrote meanwhile, the thread is loaded again and the words
// stay.
import { type RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { MAX_FILES } from '#protocol/limits'
import { hasWords } from '#protocol/report/plain-report'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useSessionAttempt } from '../../../session/session-context.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { useAction, type SessionAction } from '../../../session/use-action.ts'
import { type Attempt } from '../../../ui/use-attempt.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { entryOf } from '../../write/send-file.ts'
import { replyBytesLeft, sendReply } from '../../write/send-reply.ts'
import { useReplier } from '../../write/use-case-writer.ts'
import { CASE_MOVED } from '../case-props.ts'
import { unwantedWords } from './unwanted-words.ts'
import { useAttachments, type Attachments } from './use-attachments.ts'
import { useReadingMark } from './use-reading-mark.ts'

export interface ReplyFormProps {
  loaded: LoadedReport
  reload: () => Promise<void>
  /** gets the key of the sent reply */
  onSent: (key: string) => void
}

const TOO_LATE: readonly ErrorCode[] = [...CASE_MOVED, 'slot_taken', 'report_grew']

interface ReplyDraft {
  text: string
  setText: (text: string) => void
  /** language of the person; empty when no letter opens */
  lang: string
  /** less than 0 for a reply that is too long */
  bytesLeft: number
  /** words in the text that the person does not want to read */
  said: string[]
  attached: Attachments
  /** true while the preview is shown */
  isLooking: boolean
  looking: Attempt
  look: () => Promise<void>
  /** goes back from the preview to the words */
  change: () => void
  action: SessionAction
  send: () => Promise<void>
  /** puts a template into the field */
  take: (template: string) => void
  area: RefObject<HTMLElement>
}

export function useReply({ loaded, reload, onSent }: ReplyFormProps): ReplyDraft {
  const replier = useReplier()
  const action = useAction(reload, TOO_LATE)
  const looking = useSessionAttempt()
  const [text, setText] = useDraft(savedDraftKey('answer', loaded.id))
  const [isLooking, setIsLooking] = useState(false)
  const area = useRef<HTMLElement>(null)
  const attached = useAttachments(loaded.id)
  const { files } = attached
  useReadingMark(loaded)
  const bytesLeft = replyBytesLeft(
    text,
    files.map((file) => entryOf(file)),
  )
  const report = loaded.first?.report
  const lang = report?.lang ?? ''
  const said = unwantedWords(text, report?.contact?.avoid)
  // The pressed button disappears with its step, so the focus moves on.
  const focusOn = (part: 'h3' | 'textarea'): void =>
    void setTimeout(() => area.current?.querySelector<HTMLElement>(part)?.focus())

  const look = (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    if (bytesLeft < 0 || files.length > MAX_FILES) throw new Refusal('text_too_long')
    setIsLooking(true)
    return Promise.resolve()
  }
  const send = async (): Promise<void> => {
    try {
      onSent(await sendReply(replier(), loaded, text, await attached.send()))
    } catch (thrown) {
      // New words of the thread take the focus themselves.
      if (!(thrown instanceof Refusal) || !TOO_LATE.includes(thrown.code)) focusOn('textarea')
      throw thrown
    } finally {
      setIsLooking(false)
    }
    attached.clear()
    setText('')
    focusOn('h3')
  }
  const take = (template: string): void => {
    setText(text.trim() === '' ? template : `${text.trimEnd()}\n\n${template}`)
    focusOn('textarea')
  }
  const change = (): void => {
    setIsLooking(false)
    focusOn('textarea')
  }
  return {
    ...{ text, setText, lang, bytesLeft, said, attached, area },
    ...{ isLooking, looking, look, change, action, send, take },
  }
}
