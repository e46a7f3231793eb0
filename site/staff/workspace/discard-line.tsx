// Shows the open discard above the workspace, with the button that withdraws it.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type OpenDiscard } from '#protocol/staff/list/discard'
import { sendAction } from '../api/send-action.ts'
import { sendSigned } from '../api/send-signed.ts'
import { momentInDigits } from '../i18n/dates.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useNames } from '../ledger/use-names.ts'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { shownTotal } from '../session/shown-count.ts'
import { ErrorMessage } from '../ui/errors.tsx'

interface DiscardLineProps {
  discard: OpenDiscard | null | undefined
  onWithdrawn: () => void
}

export function DiscardLine({ discard, onWithdrawn }: DiscardLineProps) {
  const { t } = useMessages()
  const { keys } = useSessionContext()
  const nameOf = useNames()
  const attempt = useSessionAttempt()
  const [withdrawn, setWithdrawn] = useState<string | null>(null)
  const withdraw = ({ id }: OpenDiscard): void =>
    attempt.run(async () => {
      const change = { action: 'discard.withdraw', subject: id, change: { discard: id } } as const
      await sendSigned(keys, change, (signed) => sendAction('discard.withdraw', signed, id))
      setWithdrawn(id)
      onWithdrawn()
    })
  const isShown = discard && discard.id !== withdrawn
  const stopped = useRef<HTMLParagraphElement>(null)
  // Focuses the result, because the pressed button has disappeared.
  useEffect(() => stopped.current?.focus(), [withdrawn])
  return (
    <div role="status" class="discard-line">
      {isShown && (
        <>
          <p dir="auto">{t('staff.discard.line', factsOf(discard, nameOf))}</p>
          <button type="button" aria-disabled={attempt.busy} onClick={() => withdraw(discard)}>
            {t('staff.discard.withdraw')}
          </button>
          <ErrorMessage why={attempt.why} />
        </>
      )}
      {!isShown && withdrawn !== null && (
        <p ref={stopped} tabIndex={-1}>
          {t('staff.discard.stopped')}
        </p>
      )}
    </div>
  )
}

const factsOf = (
  { by, dueAt, removed, ...found }: OpenDiscard,
  nameOf: (id: string) => string,
) => ({
  by: nameOf(by),
  n: shownTotal(found),
  at: momentInDigits(new Date(dueAt).toISOString()),
  removed,
})
