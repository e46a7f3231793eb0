// Lists case keys that do not open after a departure. First asks for a restore; if that is
// impossible, lets a reader sign a statement that the keys are lost.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { type DamagedKey } from './damaged-keys.ts'

interface LostKeysProps {
  damaged: readonly DamagedKey[]
  busy: boolean
  /** signs a statement that these keys are lost, and continues with the steps */
  onLost: () => void
}

export function LostKeys({ damaged, busy, onLost }: LostKeysProps) {
  const { t } = useMessages()
  const [isAsking, setIsAsking] = useState(false)
  const n = damaged.length
  return (
    <section class="note lost-keys" aria-labelledby="lost-title">
      <h4 id="lost-title">{t('staff.lost.title', { n })}</h4>
      <p>{t('staff.lost.what')}</p>
      <details>
        <summary>{t('staff.lost.cases')}</summary>
        <ul>
          {damaged.map(({ caseId, keyNo }) => (
            <li key={`${caseId} ${keyNo}`}>
              <code dir="ltr">{caseId}</code> {t('staff.lost.key', { n: keyNo })}
            </li>
          ))}
        </ul>
      </details>
      {isAsking ? (
        <Question n={n} busy={busy} onGo={onLost} onBack={() => setIsAsking(false)} />
      ) : (
        <div class="verbs">
          <button type="button" onClick={() => setIsAsking(true)}>
            {t('staff.lost.ask')}
          </button>
        </div>
      )}
    </section>
  )
}

interface QuestionProps {
  n: number
  busy: boolean
  onGo: () => void
  onBack: () => void
}

function Question({ n, busy, onGo, onBack }: QuestionProps) {
  const { t } = useMessages()
  const back = useRef<HTMLButtonElement>(null)
  useEffect(() => back.current?.focus(), [])
  return (
    <div role="alert">
      <p>{t('staff.lost.means')}</p>
      <div class="verbs">
        <button type="button" class="go" ref={back} onClick={onBack}>
          {t('staff.people.not_yet')}
        </button>
        <button type="button" aria-disabled={busy} onClick={onGo}>
          {t('staff.lost.go', { n })}
        </button>
      </div>
    </div>
  )
}
