// Shows the list of help pages and the chosen page. A phone shows only one of the two. All pages
// can be printed, for a day on which nobody can sign in.
import { type ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { HelpWords } from '../i18n/help-words.ts'
import { focusSoon } from '../session/navigation.ts'
import { HelpArticle, type HelpScreens } from './help-article.tsx'
import { HELP_GROUPS, HELP_PAGES, type HelpPageId } from './pages.ts'

export interface HelpPagesProps extends HelpScreens {
  words: HelpWords
  /** null before a page is chosen; a wide window then shows the first page */
  page: HelpPageId | null
  onPage: (page: HelpPageId | null) => void
  seenOf: (page: HelpPageId) => ComponentChildren
}

export function HelpPages({ words, page, onPage, seenOf, screens, onScreen }: HelpPagesProps) {
  const { isPrinting, print } = usePrinting()
  const shown = page ?? HELP_GROUPS.now[0]
  // On a phone the button disappears together with the page.
  const backToList = (): void => {
    onPage(null)
    focusSoon(`help-to-${shown}`)
  }
  return (
    <div class={page === null ? 'help-pages' : 'help-pages is-reading'}>
      <nav class="help-list" aria-label={words.help('staff-help.title')}>
        {(['now', 'daily', 'order'] as const).map((group) => (
          <section key={group} aria-labelledby={`help-${group}`}>
            <h3 id={`help-${group}`}>{words.help(`staff-help.about.${group}`)}</h3>
            <ul>
              {HELP_GROUPS[group].map((each) => (
                <li key={each}>
                  <button
                    id={`help-to-${each}`}
                    type="button"
                    aria-current={each === shown ? 'page' : undefined}
                    onClick={() => onPage(each)}
                  >
                    {words.help(`staff-help.${each}`)}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <section>
          <Address words={words} />
          <button type="button" onClick={print}>
            {words.help('staff-help.print')}
          </button>
          <p class="hint">{words.help('staff-help.print.hint')}</p>
        </section>
      </nav>
      <div class="help-shown">
        <button type="button" class="help-all" onClick={backToList}>
          {words.help('staff-help.all')}
        </button>
        <HelpArticle
          key={shown}
          words={words}
          page={shown}
          open={{ screens, onScreen }}
          seen={seenOf(shown)}
          isChosen={page !== null}
        />
      </div>
      {isPrinting && (
        <div class="help-paper">
          <Address words={words} />
          {HELP_PAGES.map((each) => (
            <HelpArticle
              key={each}
              words={words}
              page={each}
              open={null}
              seen={null}
              isChosen={false}
            />
          ))}
        </div>
      )}
    </div>
  )
}

/**
 * Shows the address of the app, for a person who uses another device or has only the printed pages.
 */
const Address = ({ words }: Pick<HelpPagesProps, 'words'>) => (
  <p class="help-address">
    {words.help('staff-help.address', { address: `${location.host}/staff/` })}
  </p>
)

/** Adds all pages to the document while the browser is printing. */
function usePrinting(): { isPrinting: boolean; print: () => void } {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    if (!isPrinting) return
    const end = (): void => setPrinting(false)
    addEventListener('afterprint', end)
    window.print()
    return () => removeEventListener('afterprint', end)
  }, [isPrinting])
  return { isPrinting, print: () => setPrinting(true) }
}
