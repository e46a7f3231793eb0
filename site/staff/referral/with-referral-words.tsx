// Shows the referral form once its strings have loaded in every language. The letter and the person
// may need a language other than that of the screen.
import { type ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { useMessages } from '../i18n/messages.tsx'
import { loadReferralWords, type ReferralWords } from './words.ts'
import { LoadingWords } from '../ui/loading-words.tsx'

interface WithReferralWordsProps {
  /** @param own  the strings of the screen */
  children: (all: readonly ReferralWords[], own: ReferralWords) => ComponentChildren
}

export function WithReferralWords({ children }: WithReferralWordsProps) {
  const { lang } = useMessages()
  const [all, setAll] = useState<readonly ReferralWords[] | null>(null)
  const [why, setWhy] = useState<unknown>(null)
  const load = (): void => {
    setWhy(null)
    loadReferralWords().then(setAll, (cause: unknown) => setWhy(new Refusal('network', { cause })))
  }
  useEffect(load, [])
  const own = all?.find((each) => each.lang === lang)
  return all && own ? <>{children(all, own)}</> : <LoadingWords loads={[{ why, again: load }]} />
}
