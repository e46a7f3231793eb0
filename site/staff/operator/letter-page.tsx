// Writes down what a person says by telephone or at the door. The words stay until they are
// stored, through refusals and locking. The number for the person is shown once. Nobody leaves the
// screen unasked between storing and the end of that showing.
import { useEffect, useRef, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { ENTERED_LETTER } from '../crypto/drafts.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useWholeLedger } from '../ledger/ledger-context.ts'
import { ConfirmLeave } from '../people/confirm-leave.tsx'
import { useLeaveWarning, type Navigation } from '../session/navigation.ts'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { useDraft } from '../session/unsent-drafts.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { Form } from '../ui/form.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { LetterFieldset } from './letter-fieldset.tsx'
import { lettersDraft, type LetterFields } from './letter-form.ts'
import { NumberToRead } from './number-to-read.tsx'
import { type EnteredLetter } from './seal-letter.ts'
import { prepareLetter, sendLetter } from './send-letter.ts'

export interface LetterPageProps {
  standing: Navigation
  /** counts again after a letter was stored */
  onStored: () => void
}

export function LetterPage({ standing, onStored }: LetterPageProps) {
  const { t, lang } = useMessages()
  const { keys } = useSessionContext()
  const whole = useWholeLedger()
  const attempt = useSessionAttempt()
  const [saved, setSaved] = useDraft(ENTERED_LETTER)
  const letter = lettersDraft(saved, lang)
  /** the sealed letter of these words, so that a second try sends the same one */
  const sealed = useRef<{ of: string; letter: EnteredLetter } | null>(null)
  const [stored, setStored] = useState<EnteredLetter | null>(null)
  const [letGo, setLetGo] = useState<(() => void) | null>(null)
  const isComing = attempt.busy && letter.hasNumber
  const isHeld = isComing || (stored !== null && stored.receipt !== '')

  useLeaveWarning(() => isHeld)
  useEffect(() => {
    const ask = (): boolean => {
      setLetGo(() => standing.home)
      return false
    }
    standing.guard(isHeld ? ask : null)
    return () => standing.guard(null)
  }, [isHeld])

  const change = (part: Partial<LetterFields>): void =>
    setSaved(JSON.stringify({ ...letter, ...part }))
  const store = async (): Promise<void> => {
    if (!whole) throw new Refusal('ledger_broken')
    if (sealed.current?.of !== saved)
      sealed.current = { of: saved, letter: await prepareLetter(keys, whole.roster, letter) }
    await sendLetter(keys, sealed.current.letter)
    setStored(sealed.current.letter)
    setLetGo(null)
    sealed.current = null
    setSaved('')
    onStored()
  }
  const forget = (next: () => void): void => {
    standing.guard(null)
    setLetGo(null)
    setStored(null)
    next()
  }
  const open = (id: string) => (): void => standing.go({ screen: 'reports', report: id })

  return (
    <ScreenPage
      title={t(stored ? 'staff.letter.stored' : 'staff.screen.letter')}
      onBack={standing.home}
      state={stored ? 'stored' : 'writing'}
    >
      {letGo && isHeld && (
        <ConfirmLeave
          key={stored ? 'shown' : 'coming'}
          words={
            stored
              ? {
                  ask: t('staff.letter.number.leave'),
                  stay: t('staff.letter.stay'),
                  letGo: t('staff.letter.let_go'),
                }
              : {
                  ask: t('staff.letter.coming.leave'),
                  stay: t('staff.letter.coming.stay'),
                  letGo: t('staff.letter.coming.let_go'),
                }
          }
          onStay={() => setLetGo(null)}
          onGo={() => forget(letGo)}
        />
      )}
      {stored ? (
        <>
          {stored.receipt !== '' && <NumberToRead receipt={stored.receipt} />}
          <div class="verbs">
            <button type="button" class="go" onClick={() => forget(open(stored.id))}>
              {t(stored.receipt ? 'staff.letter.open' : 'staff.letter.open.numberless')}
            </button>
          </div>
        </>
      ) : (
        <Form onSubmit={() => attempt.run(store)}>
          <p>{t('staff.letter.lead')}</p>
          <LetterFieldset letter={letter} onChange={change} />
          {!whole && <p class="hint">{t('staff.ledger.off')}</p>}
          <ErrorMessage why={attempt.why} />
          <button type="submit" class="go" aria-disabled={attempt.busy || !whole}>
            {attempt.busy ? t('staff.letter.storing') : t('staff.letter.store')}
          </button>
        </Form>
      )}
    </ScreenPage>
  )
}
