// Writes down what a person says by telephone or at the door. The words stay until they are
// stored, and the number stays until it was read out, through refusals and locking. Nobody leaves
// the screen unasked between storing and the end of that showing.
import { useLayoutEffect, useState } from 'preact/hooks'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { ENTERED_LETTER, SEALED_LETTER } from '../crypto/drafts.ts'
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
import {
  lettersDraft,
  sealedDraft,
  type EnteredLetter,
  type LetterFields,
  type SealedDraft,
} from './letter-form.ts'
import { NumberToRead } from './number-to-read.tsx'
import { prepareLetter, sendLetter } from './send-letter.ts'

export interface LetterPageProps {
  standing: Navigation
  /** counts again after a letter was stored */
  onStored: () => void
}

const KEY_ENDED: ReadonlySet<ErrorCode> = new Set(['epoch_unknown', 'epoch_retired', 'key_unknown'])

export function LetterPage({ standing, onStored }: LetterPageProps) {
  const { t, lang } = useMessages()
  const { keys } = useSessionContext()
  const whole = useWholeLedger()
  const attempt = useSessionAttempt()
  const [saved, setSaved] = useDraft(ENTERED_LETTER)
  const letter = lettersDraft(saved, lang)
  // A second try sends the same sealed letter, also after a lock in the middle of the first try.
  const [savedSealed, setSavedSealed] = useDraft(SEALED_LETTER)
  const sealed = sealedDraft(savedSealed)
  const [numberless, setNumberless] = useState<EnteredLetter | null>(null)
  const stored = sealed?.isStored === true ? sealed.letter : numberless
  const [letGo, setLetGo] = useState<(() => void) | null>(null)
  const isComing = attempt.busy && letter.hasNumber
  const isHeld = isComing || (stored !== null && stored.receipt !== '')

  useLeaveWarning(() => isHeld)
  // Before anything is drawn, because a press of Back can follow at once.
  useLayoutEffect(() => {
    const ask = (): boolean => {
      setLetGo(() => standing.home)
      return false
    }
    standing.guard(isHeld ? ask : null)
    return () => standing.guard(null)
  }, [isHeld])

  const change = (part: Partial<LetterFields>): void =>
    setSaved(JSON.stringify({ ...letter, ...part }))
  const keep = (draft: SealedDraft | null): void =>
    setSavedSealed(draft === null ? '' : JSON.stringify(draft))
  const store = async (): Promise<void> => {
    if (!whole) throw new Refusal('ledger_broken')
    const made =
      sealed?.of === saved ? sealed.letter : await prepareLetter(keys, whole.roster, letter)
    keep({ of: saved, letter: made, isStored: false })
    await sendLetter(keys, made).catch((thrown: unknown) => {
      // The key of the letter ended, so that the next try seals the words for the key of that day.
      if (thrown instanceof Refusal && KEY_ENDED.has(thrown.code)) keep(null)
      throw thrown
    })
    if (made.receipt === '') setNumberless(made)
    keep(made.receipt === '' ? null : { of: '', letter: made, isStored: true })
    setLetGo(null)
    setSaved('')
    onStored()
  }
  const forget = (next: () => void): void => {
    standing.guard(null)
    setLetGo(null)
    setNumberless(null)
    keep(null)
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
