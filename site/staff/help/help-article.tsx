// Shows one help page: its steps, each with a button that opens the screen it describes.
import { type ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { HelpKey, HelpWords } from '../i18n/help-words.ts'
import { useMessages } from '../i18n/messages.tsx'
import type { Screen } from '../session/navigation.ts'
import { QuotingSentence } from '../ui/quoting-sentence.tsx'
import type { HelpPart, HelpStep } from './help-part.ts'
import { helpParts, type HelpPageId } from './pages.ts'

export interface HelpScreens {
  /** the screens that the person may open; none before signing in */
  screens: readonly Screen[]
  onScreen: (screen: Screen) => void
}

interface HelpArticleProps {
  words: HelpWords
  page: HelpPageId
  /** null in print, where a button would be useless */
  open: HelpScreens | null
  /**
   * the line that tells the person what this browser knows about the subject of the page, or null
   */
  seen: ComponentChildren
  /** true when a person chose the page, so that a screen reader starts at its title */
  isChosen: boolean
}

export function HelpArticle({ words, page, open, seen, isChosen }: HelpArticleProps) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (isChosen) title.current?.focus()
  }, [page, isChosen])
  const first = helpParts(page)
    .flatMap(({ steps }) => steps)
    .find(({ screen }) => screen && open?.screens.includes(screen))
  return (
    <article class="help-page">
      <h3 ref={title} tabIndex={-1}>
        {words.help(`staff-help.${page}`)}
      </h3>
      <p>{words.help(`staff-help.${page}.lead`)}</p>
      {seen}
      {helpParts(page).map((part) => (
        <Steps key={part.id} {...{ words, page, part, open, first }} />
      ))}
    </article>
  )
}

interface StepsProps extends Pick<HelpArticleProps, 'words' | 'page' | 'open'> {
  part: HelpPart
  /** the step whose button is the primary one on the page */
  first: HelpStep | undefined
}

function Steps({ words, page, part, open, first }: StepsProps) {
  return (
    <>
      {part.id !== null && <h4>{words.help(`staff-help.${page}.${part.id}`)}</h4>}
      <ol class="first-steps">
        {part.steps.map((step, n) => (
          <li key={step.id}>
            <span class="first-number" aria-hidden="true">
              {n + 1}
            </span>
            <Step
              {...{ words, step }}
              at={`staff-help.${page}.${step.id}`}
              open={isSameScreen(part.steps, n) ? null : open}
              isMain={step === first}
            />
          </li>
        ))}
      </ol>
    </>
  )
}

/** Returns true for a step on the same screen as the previous step, which already has a button. */
const isSameScreen = (steps: readonly HelpStep[], n: number): boolean =>
  steps[n]?.screen === steps[n - 1]?.screen

interface StepProps extends Pick<HelpArticleProps, 'words' | 'open'> {
  step: HelpStep
  /** the key of the step's sentence */
  at: HelpKey
  isMain: boolean
}

function Step({ words, step: { screen }, at, open, isMain }: StepProps) {
  const { t } = useMessages()
  const more: HelpKey = `${at}.more`
  return (
    <div>
      <QuotingSentence text={words.help(at)} />
      {words.has(more) && <QuotingSentence text={words.help(more)} isMore />}
      {screen && open?.screens.includes(screen) && (
        <button
          type="button"
          class={isMain ? 'go' : undefined}
          onClick={() => open.onScreen(screen)}
        >
          {words.help('staff-help.open', { screen: t(`staff.screen.${screen}`) })}
        </button>
      )}
    </div>
  )
}
