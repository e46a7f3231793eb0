// Shows Help to a person who has not signed in, for example because the phone is lost.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { takeFocus } from '../ui/take-focus.ts'
import { WithHelpWords } from '../ui/with-help-words.tsx'
import { HelpPages } from './help-pages.tsx'
import type { HelpPageId } from './pages.ts'

export interface HelpOutsideProps {
  onLeave: () => Promise<void>
}

export function HelpOutside({ onLeave }: HelpOutsideProps) {
  const { t } = useMessages()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => takeFocus(heading.current), [])
  const [page, setPage] = useState<HelpPageId | null>(null)
  return (
    <main class="screen help">
      <button type="button" class="back" onClick={() => void onLeave()}>
        {t('staff.newcomer.out.go')}
      </button>
      <h1 ref={heading} tabIndex={-1}>
        {t('staff.screen.help')}
      </h1>
      <WithHelpWords>
        {(words) => (
          <HelpPages
            words={words}
            page={page}
            onPage={setPage}
            seenOf={() => null}
            screens={[]}
            onScreen={() => undefined}
          />
        )}
      </WithHelpWords>
      <LanguageSwitch />
    </main>
  )
}
