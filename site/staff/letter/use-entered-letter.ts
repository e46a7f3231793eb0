// Holds a letter from its first word until its number has been read out, even after refusals or a
// lock. A colleague who leaves the screen before reading out the number is asked for confirmation.
import { useLayoutEffect, useState } from 'preact/hooks'
import { Refusal, type ErrorCode } from '#protocol/errors'
import {
  lettersDraft,
  sealedDraft,
  type EnteredLetter,
  type LetterFields,
  type SealedDraft,
} from '../case/write/letter-form.ts'
import { prepareLetter, sendLetter } from '../case/write/send-letter.ts'
import { ENTERED_LETTER, SEALED_LETTER } from '../crypto/drafts.ts'
import { useMessages } from '../i18n/messages.tsx'
import { useWholeLedger } from '../ledger/ledger-context.ts'
import { useLeaveWarning, type Navigation } from '../session/navigation.ts'
import { useSessionAttempt, useSessionContext } from '../session/session-context.ts'
import { useDraft } from '../session/unsent-drafts.tsx'
import { type Attempt } from '../ui/use-attempt.ts'

export interface LetterPageProps {
  navigation: Navigation
  /** refreshes the counts after a letter has been stored */
  onStored: () => void
}

const KEY_ENDED: ReadonlySet<ErrorCode> = new Set(['epoch_unknown', 'epoch_retired', 'key_unknown'])

interface EnteringLetter {
  letter: LetterFields
  change: (part: Partial<LetterFields>) => void
  /**
   * the stored letter, until its number has been read out; null while the letter is being written
   */
  stored: EnteredLetter | null
  attempt: Attempt
  /** false while the ledger is not valid */
  canStore: boolean
  store: () => Promise<void>
  /**
   * true while the number is shown or is about to be shown; leaving must then be confirmed first
   */
  isHeld: boolean
  /** continues to the screen that the person asked for; null while the person stays */
  letGo: (() => void) | null
  stay: () => void
  /** forgets the letter and its number, and then calls `next` */
  forget: (next: () => void) => void
}

export function useEnteredLetter({ navigation, onStored }: LetterPageProps): EnteringLetter {
  const { lang } = useMessages()
  const { keys } = useSessionContext()
  const whole = useWholeLedger()
  const attempt = useSessionAttempt()
  const [saved, setSaved] = useDraft(ENTERED_LETTER)
  const letter = lettersDraft(saved, lang)
  // A second attempt sends the same sealed letter, even if the app was locked during the first
  // attempt.
  const [savedSealed, setSavedSealed] = useDraft(SEALED_LETTER)
  const sealed = sealedDraft(savedSealed)
  const [numberless, setNumberless] = useState<EnteredLetter | null>(null)
  const stored = sealed?.isStored === true ? sealed.letter : numberless
  const [letGo, setLetGo] = useState<(() => void) | null>(null)
  const isComing = attempt.busy && letter.hasNumber
  const isHeld = isComing || (stored !== null && stored.receipt !== '')

  useLeaveWarning(() => isHeld)
  // Runs before anything is drawn, because the person may press Back immediately.
  useLayoutEffect(() => {
    const ask = (): boolean => {
      setLetGo(() => navigation.home)
      return false
    }
    navigation.guard(isHeld ? ask : null)
    return () => navigation.guard(null)
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
    await sendLetter({ keys, roster: whole.roster }, made).catch((thrown: unknown) => {
      // The epoch of the letter's key has ended, so the next attempt seals the words to the current
      // key.
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
    navigation.guard(null)
    setLetGo(null)
    setNumberless(null)
    keep(null)
    next()
  }
  return {
    ...{ letter, change, stored, attempt, canStore: whole !== null, store },
    ...{ isHeld, letGo, stay: () => setLetGo(null), forget },
  }
}
