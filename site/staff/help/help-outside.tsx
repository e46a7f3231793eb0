// Shows the help to a person who has not signed in, for example because they have lost their phone.
import { useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Logo } from '../ui/marks.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { WithHelpWords } from '../ui/with-help-words.tsx'
import { WithQuotedLabels } from './with-quoted-labels.tsx'
import { HelpPages } from './help-pages.tsx'
import type { HelpPageId } from './pages.ts'

export interface HelpOutsideProps {
  onLeave: () => Promise<void>
}

export function HelpOutside({ onLeave }: HelpOutsideProps) {
  const { t } = useMessages()
  const [page, setPage] = useState<HelpPageId | null>(null)
  return (
    <>
      <header class="bar">
        <h1>
          <Logo />
          <span>{t('staff.title')}</span>
        </h1>
      </header>
      <ScreenPage title={t('staff.screen.help')} onBack={null} kind="help">
        <button type="button" class="back" onClick={() => void onLeave()}>
          {t('staff.newcomer.out.go')}
        </button>
        <WithHelpWords>
          {(words) => (
            <WithQuotedLabels>
              <HelpPages
                words={words}
                page={page}
                onPage={setPage}
                seenOf={() => null}
                screens={[]}
                onScreen={() => undefined}
              />
            </WithQuotedLabels>
          )}
        </WithHelpWords>
        <LanguageSwitch />
      </ScreenPage>
    </>
  )
}
