// Who may learn what is in the report stands before everything else: telling the wrong people cannot be taken back.
import { type Consent as Level } from '#protocol/report'
import { useWords } from '../words.tsx'

export function Consent({ consent }: { consent: Level | undefined }) {
  const { t } = useWords()
  return (
    <section class={`consent is-${consent ?? 'anonymous'}`} aria-labelledby="consent-title">
      <h3 id="consent-title">{t('staff.consent.title')}</h3>
      <p>{t(`staff.consent.${consent ?? 'unsaid'}`)}</p>
    </section>
  )
}
