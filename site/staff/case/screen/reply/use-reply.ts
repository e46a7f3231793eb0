// Holds a reply while the reply is being written, previewed and sent.
import { useRef, useState } from 'preact/hooks'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { MAX_FILES } from '#protocol/limits'
import { hasWords } from '#protocol/report/plain-report'
import { savedDraftKey } from '../../../crypto/drafts.ts'
import { useSessionAttempt } from '../../../session/session-context.ts'
import { useDraft } from '../../../session/unsent-drafts.tsx'
import { useAction } from '../../../session/use-action.ts'
import type { LoadedReport } from '../../read/load-report.ts'
import { entryOf, whyUnsendable } from '../../write/send-file.ts'
import { replyBytesLeft, sendReply } from '../../write/send-reply.ts'
import { useReplier } from '../../write/use-case-writer.ts'
import { useTake } from '../../write/use-take.ts'
import { CASE_MOVED } from '../case-props.ts'
import { useTyping } from '../writing/use-typing.ts'
import { unwantedWords } from './unwanted-words.ts'
import { useAttachments } from './use-attachments.ts'
import { useReadingMark } from './use-reading-mark.ts'

/** id of the heading, which receives focus when a colleague begins a reply */
export const ANSWER_TITLE = 'answer-title'

export interface ReplyProps {
  loaded: LoadedReport
  reload: () => Promise<void>
  /** receives the key of the sent reply */
  onSent: (key: string) => void
}

/** A step of the form, which takes up only one line in the step `folded`. */
export type WritingStep = 'folded' | 'writing' | 'looking'

const TOO_LATE: readonly ErrorCode[] = [
  ...CASE_MOVED,
  'slot_taken',
  'report_grew',
  'assignee_changed',
  'status_changed',
]

export function useReply({ loaded, reload, onSent }: ReplyProps) {
  const replier = useReplier()
  const action = useAction(reload, TOO_LATE)
  const looking = useSessionAttempt()
  const [text, keepText] = useDraft(savedDraftKey('answer', loaded.id))
  const noteTyping = useTyping(loaded.item.id)
  const [step, setStep] = useState<WritingStep>(text === '' ? 'folded' : 'writing')
  const setText = (words: string): void => {
    looking.clear()
    if (words !== '') noteTyping()
    keepText(words)
  }
  const area = useRef<HTMLElement>(null)
  const attached = useAttachments(loaded.id, looking.clear)
  const { files } = attached
  const taking = useTake(loaded)
  const [chosen, setAlsoTakes] = useState<boolean | null>(null)
  const [sentAs, setSentAs] = useState<{ hasTaken: boolean } | null>(null)
  // A case that another colleague has is taken only if the person explicitly chooses to take it.
  const alsoTakes = taking.canTake && (chosen ?? taking.isUntaken)
  useReadingMark(loaded)
  const bytesLeft = replyBytesLeft(
    text,
    files.map((file) => entryOf(file)),
  )
  const report = loaded.first?.report
  const lang = report?.lang ?? ''
  const said = unwantedWords(text, report?.contact?.avoid)
  // The pressed button disappears with its step, so the focus must move on.
  const focusText = (): void =>
    void setTimeout(() => area.current?.querySelector('textarea')?.focus())

  const look = (): Promise<void> => {
    if (!hasWords(text)) throw new Refusal('text_empty')
    if (bytesLeft < 0 || files.length > MAX_FILES) throw new Refusal('text_too_long')
    const fault = files.map(whyUnsendable).find((each) => each !== null)
    if (fault) throw new Refusal(fault)
    setStep('looking')
    return Promise.resolve()
  }
  const send = async (): Promise<void> => {
    try {
      const sent = await attached.send()
      // The case is taken before the reply is sent, because a colleague who took it first may
      // already have replied.
      if (alsoTakes) await taking.take()
      onSent(await sendReply(replier(), loaded, text, sent))
    } catch (thrown) {
      setStep('writing')
      // New messages in the thread take the focus themselves.
      if (!(thrown instanceof Refusal) || !TOO_LATE.includes(thrown.code)) focusText()
      throw thrown
    }
    attached.clear()
    setText('')
    setAlsoTakes(null)
    setSentAs({ hasTaken: alsoTakes && taking.makesOwn })
    setStep('folded')
  }
  const change = (): void => {
    setStep('writing')
    focusText()
  }
  // A template chosen in an empty form is previewed as the person would see it. The colleague can
  // still edit the template.
  const insertTemplate = (template: string): void => {
    const isFirst = text.trim() === ''
    setText(isFirst ? template : `${text.trimEnd()}\n\n${template}`)
    if (isFirst) setStep('looking')
    else focusText()
  }
  return {
    ...{ text, setText, lang, bytesLeft, said, attached, area, taking, alsoTakes, setAlsoTakes },
    ...{ step, looking, look, change, action, send, insertTemplate },
    /** true after sending, until the colleague begins another reply */
    isSent: action.done && sentAs !== null && step === 'folded',
    hasTaken: sentAs?.hasTaken ?? false,
    unfold: () => {
      setSentAs(null)
      if (step !== 'folded') return
      setStep('writing')
      // On a phone the buttons at the bottom would cover the field.
      setTimeout(() => {
        area.current?.scrollIntoView({ block: 'nearest' })
        // A line at the top of the window may cover the focused field at the beginning of the form.
        document.activeElement?.scrollIntoView({ block: 'nearest' })
      })
    },
    fold: () => setStep('folded'),
  }
}
