// Lists the receivers for a reader, who can add, change and delete them.
import { type RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type ListedReceiver } from '../ledger/receivers.ts'
import { type ReferralWords } from '../referral/words.ts'
import { focusSoon } from '../session/navigation.ts'
import { useSessionContext } from '../session/session-context.ts'
import { useReceivers } from '../session/use-receivers.ts'
import { FailedLoad } from '../ui/errors.tsx'
import { OpensForm } from '../ui/opens-form.tsx'
import { ReceiverCard } from './receiver-card.tsx'
import {
  draftedReceivers,
  hasReceiverDraft,
  newDraft,
  useReceiverDraft,
} from './receiver-fields.ts'
import { ReceiverForm } from './receiver-form.tsx'

export function ReceiversPart({ own }: { own: ReferralWords }) {
  const { say } = own
  const { canRead, receivers, attempt, reload } = useReceivers()
  const [draft, setDraft] = useReceiverDraft('new')
  const { drafts } = useSessionContext()
  const [isSaved, setIsSaved] = useState(false)
  const [isOpen, setIsOpen] = useState(hasReceiverDraft(drafts))
  const cards = useCards(receivers)
  const list = useRef<HTMLUListElement>(null)
  useKeptFocus(list)
  if (!canRead) return null
  const showResult = (hasSaved: boolean): void => {
    setIsSaved(hasSaved)
    focusSoon('receivers-title')
  }
  const close = (hasSaved: boolean): void => {
    setDraft(null)
    showResult(hasSaved)
  }
  return (
    <details
      class="receivers"
      open={isOpen}
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
    >
      <summary id="receivers-title">
        {say('staff-referral.receivers.title')} <small>{receivers?.length ?? '…'}</small>
      </summary>
      <p class="hint">{say('staff-referral.receivers.lead')}</p>
      <FailedLoad why={attempt.why} again={() => attempt.run(reload)} />
      {receivers && receivers.length === 0 && <p>{say('staff-referral.receivers.none')}</p>}
      <ul class="register" ref={list}>
        {cards.map(({ id, receiver }) => (
          <ReceiverCard key={id} {...{ own, id, receiver, reload }} onClosed={showResult} />
        ))}
      </ul>
      {draft ? (
        <ReceiverForm
          {...{ own, draft, reload }}
          onDraft={(next) => {
            setIsSaved(false)
            setDraft(next)
          }}
          onSaved={() => close(true)}
          onCancel={() => close(false)}
        />
      ) : (
        <OpensForm onOpen={() => setDraft(newDraft())}>
          {say('staff-referral.receivers.add')}
        </OpensForm>
      )}
      <p role="status">{isSaved && say('staff-referral.receivers.saved')}</p>
    </details>
  )
}

interface Card {
  id: string
  /** null for a deleted receiver whose form still has unsaved words */
  receiver: ListedReceiver | null
}

/**
 * Returns the cards of the list. A deleted receiver with unsaved words keeps its place, so that the
 * writer still sees the form.
 */
function useCards(receivers: readonly ListedReceiver[] | null): readonly Card[] {
  const { drafts } = useSessionContext()
  const former = useRef<readonly Card[]>([])
  if (!receivers) return []
  const cards: Card[] = receivers.map((receiver) => ({ id: receiver.id, receiver }))
  const listed = new Set(receivers.map(({ id }) => id))
  for (const id of draftedReceivers(drafts).filter((each) => !listed.has(each))) {
    const place = former.current.findIndex((card) => card.id === id)
    cards.splice(Math.max(place, 0), 0, { id, receiver: null })
  }
  former.current = cards
  return cards
}

/**
 * Keeps the focus when the order of a list changes, because an element that is moved loses the
 * focus.
 */
function useKeptFocus(list: RefObject<HTMLElement>): void {
  const focused = list.current?.querySelector<HTMLElement>(':focus')
  useLayoutEffect(() => {
    if (focused?.isConnected && !focused.matches(':focus')) focused.focus()
  })
}
