// Shows a part of the app that needs the help texts, once the texts have loaded.
import { type ComponentChildren } from 'preact'
import { useHelpWords, type HelpWords } from '../i18n/help-words.ts'
import { useMessages } from '../i18n/messages.tsx'
import { FailedLoad } from './errors.tsx'

export function WithHelpWords({ children }: { children: (words: HelpWords) => ComponentChildren }) {
  const { t } = useMessages()
  const { words, why, again } = useHelpWords()
  if (words) return <>{children(words)}</>
  return (
    <>
      <p role="status">{why === null && t('staff.loading')}</p>
      <FailedLoad why={why} again={again} />
    </>
  )
}
