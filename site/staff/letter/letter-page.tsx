// Records a letter that a person dictates on the telephone or at the door, and shows its number.
import { useState } from 'preact/hooks'
import { hasWords } from '#protocol/report/plain-report'
import { useMessages } from '../i18n/messages.tsx'
import { ConfirmLeave } from '../ui/confirm-leave.tsx'
import { ErrorMessage } from '../ui/errors.tsx'
import { Form } from '../ui/form.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { LetterFieldset } from './letter-fieldset.tsx'
import { NumberToRead } from './number-to-read.tsx'
import { useEnteredLetter, type LetterPageProps } from './use-entered-letter.ts'

export function LetterPage(props: LetterPageProps) {
  const { navigation } = props
  const { t } = useMessages()
  const entering = useEnteredLetter(props)
  const { letter, stored, attempt, canStore, isHeld, letGo, forget } = entering
  const [isTried, setIsTried] = useState(false)
  const isEmpty = !hasWords(letter.text)
  const lacksText = isTried && isEmpty && stored === null
  const store = (): void => {
    setIsTried(isEmpty)
    if (!isEmpty) attempt.run(entering.store)
  }

  return (
    <ScreenPage
      title={t(stored ? 'staff.letter.stored' : 'staff.screen.letter')}
      onBack={navigation.home}
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
          onStay={entering.stay}
          onGo={() => forget(letGo)}
        />
      )}
      {stored ? (
        <>
          {stored.receipt !== '' && <NumberToRead receipt={stored.receipt} />}
          <div class="verbs">
            <button
              type="button"
              class="go"
              onClick={() => forget(() => navigation.go({ screen: 'reports', report: stored.id }))}
            >
              {t(stored.receipt ? 'staff.letter.open' : 'staff.letter.open.numberless')}
            </button>
          </div>
        </>
      ) : (
        <Form busy={attempt.busy} onSubmit={store}>
          <p>{t('staff.letter.lead')}</p>
          <LetterFieldset letter={letter} lacksText={lacksText} onChange={entering.change} />
          {!canStore && <p class="hint">{t('staff.ledger.off')}</p>}
          <ErrorMessage why={attempt.why} />
          <button type="submit" class="go" aria-disabled={attempt.busy || !canStore}>
            {attempt.busy ? t('staff.letter.storing') : t('staff.letter.store')}
          </button>
        </Form>
      )}
    </ScreenPage>
  )
}
