// Sends a test letter with one press. The number that is then shown gives access to the replies on
// the site.
import { useEffect, useRef, useState } from 'preact/hooks'
import { groupReceipt } from '#protocol/report/receipt'
import { type EnteredLetter } from '../case/write/letter-form.ts'
import { useCaseWriter } from '../case/write/use-case-writer.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useWholeLedger } from '../ledger/ledger-context.ts'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { NumberGroups } from '../ui/digits.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { prepareTestLetter, sendTestLetter } from './send-test-letter.ts'

export interface TestLetterProps {
  /** true when this is the next step */
  isNext: boolean
  /** refreshes the counts after the letter has been stored */
  onStored: () => void
  onOpen: (id: string) => void
}

export function TestLetter({ isNext, onStored, onOpen }: TestLetterProps) {
  const { t, lang } = useMessages()
  const { me } = useSessionContext()
  const whole = useWholeLedger()
  const writer = useCaseWriter()
  const attempt = useSessionAttempt()
  /** the sealed letter, so that a second attempt sends the same letter */
  const sealed = useRef<EnteredLetter | null>(null)
  const [stored, setStored] = useState<EnteredLetter | null>(null)
  const send = async (): Promise<void> => {
    const words = {
      text: t('staff.test.text', { name: me.name }),
      title: t('staff.test.title', { name: me.name }),
      tag: t('staff.test.tag'),
    }
    const letter = (sealed.current ??= await prepareTestLetter(writer(), lang, words))
    await sendTestLetter(writer(), letter, words)
    setStored(letter)
    onStored()
  }
  if (stored) return <StoredLetter letter={stored} onOpen={onOpen} />
  return (
    <>
      <p class="hint">{t(whole ? 'staff.test.hint' : 'staff.ledger.off')}</p>
      <ErrorMessage why={attempt.why} />
      <button
        type="button"
        class={isNext ? 'go' : undefined}
        aria-disabled={attempt.busy || !whole}
        onClick={() => whole && attempt.run(send)}
      >
        {t(attempt.busy ? 'staff.test.sending' : 'staff.test.send')}
      </button>
    </>
  )
}

interface StoredLetterProps extends Pick<TestLetterProps, 'onOpen'> {
  letter: EnteredLetter
}

function StoredLetter({ letter: { id, receipt }, onOpen }: StoredLetterProps) {
  const { t } = useMessages()
  const next = useRef<HTMLButtonElement>(null)
  // The pressed button has disappeared.
  useEffect(() => next.current?.focus(), [])
  return (
    <div class="note test-letter">
      <p role="status">{t('staff.test.stored')}</p>
      <button type="button" class="go" ref={next} onClick={() => onOpen(id)}>
        {t('staff.test.open')}
      </button>
      <p>{t('staff.test.number')}</p>
      <NumberGroups written={groupReceipt(receipt)} label={t('staff.letter.number')} />
    </div>
  )
}
