// Lays out an opened case: the head across both columns, the conversation, and the staff's side. A
// phone shows one side at a time.
import { type ComponentChildren, type RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { ActionResult } from '../../session/action-result.tsx'
import { focusSoon } from '../../session/navigation.ts'
import { useIsWide } from '../../ui/is-wide.ts'
import { type LoadedReport } from '../read/load-report.ts'
import { type ReportViewProps } from './case-props.ts'
import { LoadCloseForm } from './closing/load-close-form.tsx'
import { NOTE_TITLE, type ContentNote } from './content-note.tsx'
import { ConversationPart } from './conversation-part.tsx'
import { BackButton } from './head/back-button.tsx'
import { HeadOfCase } from './head/head-of-case.tsx'
import { CaseTabs, type CaseSide } from './head/case-tabs.tsx'
import { useCaseActs } from './head/use-case-acts.ts'
import { type KeyOfCase } from './keys/case-keys.ts'
import { useCaseKeys, type WaitingKey } from './keys/use-case-keys.ts'
import { LoadInside } from './load-inside.tsx'
import { PrintLine } from './print-part.tsx'
import { ANSWER_TITLE } from './reply/use-reply.ts'
import { HandoverHead } from './shift/handover-head.tsx'
import { THREAD_TITLE } from './thread.tsx'
import { CHOICE_TITLE } from './threads/reply-part.tsx'
import { type ShownReport } from './use-report.ts'
import { LeadingWish } from './wishes/leading-wish.tsx'
import { useWriters } from './writing/use-writers.ts'

interface LoadedCaseProps extends Omit<ReportViewProps, 'id' | 'onChanged' | 'onMoved'> {
  loaded: LoadedReport
  shown: ShownReport
  note: ContentNote
  heading: RefObject<HTMLHeadingElement>
  waitingKey: WaitingKey
  /** the error from the last load, with a way to try again; false without an error */
  failed: ComponentChildren
}

/** The keyboard keys of the conversation; the other keys belong to the staff's side. */
const OF_TALK: readonly KeyOfCase[] = ['R', 'T']
const OF_INSIDE: readonly KeyOfCase[] = ['C', 'W', 'P', 'A', 'L', 'S']

export function LoadedCase(props: LoadedCaseProps) {
  const { loaded, shown, note, heading, failed, latest, onBack, onOpen, onStep, hasNext } = props
  const { checks, fresh, reload, markOwn } = shown
  const article = useRef<HTMLElement>(null)
  const [side, setSide] = useState<CaseSide>('talk')
  const [replyTo, setReplyTo] = useState<string | null>(null)
  const acts = useCaseActs(loaded, reload)
  const writers = useWriters(latest, loaded.item.id)
  const isHidden = note.hiding !== null
  const reply = (): void => {
    setSide('talk')
    const needsChoice = loaded.others.length > 0 && replyTo === null
    focusSoon(isHidden ? NOTE_TITLE : needsChoice ? CHOICE_TITLE : ANSWER_TITLE)
  }
  const ask = (thread: string): void => {
    setReplyTo(thread)
    setSide('talk')
    focusSoon(isHidden ? NOTE_TITLE : ANSWER_TITLE)
  }
  useCaseKeys(article, props.waitingKey, (key) => {
    if (OF_TALK.includes(key)) setSide('talk')
    if (OF_INSIDE.includes(key)) setSide('inside')
  })
  const canReply = [loaded, ...loaded.others].some((each) => each.reply !== null)
  // On a phone the head of the case may be scrolled out of view.
  const isInHead = useIsWide()
  const verbs = {
    ...{ loaded, acts },
    onReply: canReply ? reply : null,
    onNext: hasNext ? () => onStep(1) : null,
  }
  const inside = {
    loaded,
    checks,
    fresh,
    reload,
    onSaved: markOwn,
    onOpen,
    onAsk: ask,
    onGone: onBack,
    writers,
  }
  return (
    <article
      class={side === 'inside' ? 'report shows-inside' : 'report'}
      aria-labelledby="report-title"
      ref={article}
    >
      <PrintLine loaded={loaded} />
      <BackButton onBack={onBack} />
      <HeadOfCase heading={heading} {...verbs} hasOutcome={isInHead}>
        <HandoverHead {...{ loaded, reload, onOpen }} onSaved={markOwn} />
        {loaded.first && (
          <LeadingWish {...{ loaded, checks, reload }} onSaved={markOwn} onAsk={ask} />
        )}
      </HeadOfCase>
      <ConversationPart
        {...{ loaded, shown, note, latest, failed, replyTo, writers }}
        isMoved={props.isMoved}
        onReplyTo={setReplyTo}
      />
      {acts.isClosing && (
        <section class="closing">
          <LoadCloseForm
            loaded={loaded}
            busy={acts.action.busy}
            onClose={acts.close}
            onCancel={() => acts.onClosing(false)}
          />
          <ActionResult action={acts.action} done="" />
        </section>
      )}
      <LoadInside {...inside} />
      <CaseTabs
        {...verbs}
        hasOutcome={!isInHead}
        side={side}
        onSide={(next) => {
          setSide(next)
          focusSoon(next === 'talk' ? THREAD_TITLE : 'inside-title')
        }}
      />
    </article>
  )
}
