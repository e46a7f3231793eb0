// Provides the actions at the head of a case: take it, close it, and reopen it.
import { type RefObject } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { type ErrorCode } from '#protocol/errors'
import { useAction, type SessionAction } from '../../../session/use-action.ts'
import { isTestLetter } from '../../read/entered-by.ts'
import { type LoadedReport } from '../../read/load-report.ts'
import { closeCase, hasSealedWords, type Closing } from '../../write/close-case.ts'
import { sendStatus } from '../../write/send-status.ts'
import { useCaseWriter, useReplier } from '../../write/use-case-writer.ts'
import { useTake, type CaseTaking } from '../../write/use-take.ts'
import { CASE_MOVED } from '../case-props.ts'

const TOO_LATE: readonly ErrorCode[] = [
  ...CASE_MOVED,
  'status_changed',
  'assignee_changed',
  'report_grew',
]

export interface CaseActs extends Pick<CaseTaking, 'canTake' | 'isUntaken'> {
  action: SessionAction
  /** the group of buttons, which receives focus when the pressed button disappears */
  group: RefObject<HTMLDivElement>
  /** the sentence that confirms success; null until the screen shows that the case is taken */
  done: 'staff.taken' | 'staff.status.changed' | null
  isTest: boolean
  isClosing: boolean
  onClosing: (isOpen: boolean) => void
  take: () => void
  close: (closing: Closing) => void
  putBack: () => void
}

export function useCaseActs(loaded: LoadedReport, reload: () => Promise<void>): CaseActs {
  const [writer, replier] = [useCaseWriter(), useReplier()]
  const action = useAction(reload, TOO_LATE)
  const { canTake, isUntaken, makesOwn, take } = useTake(loaded)
  const [isClosing, onClosing] = useState(false)
  const [hasTaken, setHasTaken] = useState(false)
  const group = useRef<HTMLDivElement>(null)
  const stored = useRef(new Set<string>())
  const run = (work: () => Promise<void>): void => {
    group.current?.focus()
    setHasTaken(false)
    action.run(async () => {
      await work()
      onClosing(false)
    })
  }
  return {
    ...{
      action,
      group,
      canTake,
      isUntaken,
      done: hasTaken && canTake ? null : hasTaken ? 'staff.taken' : 'staff.status.changed',
      isClosing: isClosing && loaded.item.status !== 'closed',
    },
    isTest: isTestLetter(loaded.sealed, loaded.first) && loaded.item.status !== 'closed',
    onClosing: (isOpen) => {
      onClosing(isOpen)
      if (!isOpen) group.current?.focus()
    },
    take: () =>
      run(async () => {
        await take()
        setHasTaken(makesOwn)
      }),
    close: (closing) =>
      run(async () => {
        // Only the words need a valid ledger, because they are sealed to colleagues.
        const by = hasSealedWords(loaded, closing) ? writer() : replier()
        await closeCase(by, loaded, closing, stored.current)
      }),
    putBack: () => run(() => sendStatus(replier(), loaded, 'new')),
  }
}
