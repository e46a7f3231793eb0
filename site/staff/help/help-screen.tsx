// Shows the help in the workspace, where the session provides some of the facts that a page
// mentions.
import type { Counts } from '#protocol/staff/list/counts'
import type { HeldSettings } from '../session/use-own-settings.ts'
import { useMessages } from '../i18n/messages.tsx'
import { ScreenPage } from '../ui/screen-page.tsx'
import { WithHelpWords } from '../ui/with-help-words.tsx'
import type { HelpScreens } from './help-article.tsx'
import { WithQuotedLabels } from './with-quoted-labels.tsx'
import { HelpPages, type HelpPagesProps } from './help-pages.tsx'
import { HELP_PAGES } from './pages.ts'
import { SeenFromHere } from './seen-from-here.tsx'

interface HelpScreenProps extends HelpScreens, Pick<HelpPagesProps, 'onPage'> {
  /** the name of a help page; null before a page is chosen */
  page: string | null
  onBack: () => void
  /** false for a person who has no list to return to */
  hasList: boolean
  counts: Counts | null
  held: HeldSettings
}

export function HelpScreen({ page, onBack, hasList, counts, held, ...chosen }: HelpScreenProps) {
  const { t } = useMessages()
  return (
    <ScreenPage title={t('staff.screen.help')} onBack={hasList ? onBack : null} kind="help">
      <WithHelpWords>
        {(words) => (
          <WithQuotedLabels>
            <HelpPages
              {...chosen}
              words={words}
              page={HELP_PAGES.find((each) => each === page) ?? null}
              seenOf={(each) => (
                <SeenFromHere words={words} page={each} counts={counts} done={held.settings} />
              )}
            />
          </WithQuotedLabels>
        )}
      </WithHelpWords>
    </ScreenPage>
  )
}
