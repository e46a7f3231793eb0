// Asks for the other case, shows both cases side by side, and asks for confirmation. A merge cannot
// be undone, so nothing is sent before both cases have been shown.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMessages } from '../../../i18n/messages.tsx'
import { useSessionAttempt } from '../../../session/session-context.ts'
import { useReader } from '../../../session/use-reader.ts'
import { ErrorMessage } from '../../../ui/errors.tsx'
import { Field } from '../../../ui/form.tsx'
import { loadReport, type LoadedReport } from '../../read/load-report.ts'
import { MergeSide } from './merge-side.tsx'
import { MergedWish } from './merged-wish.tsx'
import { useCandidates } from './use-candidates.ts'

export interface MergeProps {
  loaded: LoadedReport
  busy: boolean
  /** @param from  the case that ends, @param into  the surviving case */
  onMerge: (from: string, into: string) => void
  onCancel: () => void
}

export function MergeForm({ loaded, busy, onMerge, onCancel }: MergeProps) {
  const { t } = useMessages()
  const reader = useReader()
  const attempt = useSessionAttempt()
  const [text, setText] = useState('')
  const candidates = useCandidates(loaded.item.id, text)
  const [other, setOther] = useState<LoadedReport | null>(null)
  const lead = useRef<HTMLParagraphElement>(null)
  useEffect(() => lead.current?.focus(), [other])
  const compare = (id: string): void =>
    attempt.run(async () => setOther(reader && (await loadReport(reader, id))))
  return (
    <>
      <p class="note" ref={lead} tabIndex={-1}>
        {t('staff.merge.lead')}
      </p>
      {other ? (
        <BothSides {...{ loaded, other, busy, onMerge }} onCancel={onCancel} />
      ) : (
        <>
          <Field label={t('staff.merge.find')} value={text} onInput={setText} />
          <ErrorMessage why={candidates.why ?? attempt.why} />
          <h5 id="merge-found">{t('staff.merge.found')}</h5>
          <p role="status">{candidates.found?.length === 0 && t('staff.merge.none')}</p>
          <ul class="candidates" aria-labelledby="merge-found">
            {candidates.found?.map(({ id, title, day }) => (
              <li key={id}>
                <span dir="auto" id={`candidate-${id}`}>
                  {title} {day}
                </span>
                <button
                  type="button"
                  aria-disabled={attempt.busy}
                  aria-describedby={`candidate-${id}`}
                  onClick={() => compare(id)}
                >
                  {t('staff.merge.show')}
                </button>
              </li>
            ))}
          </ul>
          <button type="button" onClick={onCancel}>
            {t('staff.assign.cancel')}
          </button>
        </>
      )}
    </>
  )
}

interface BothSidesProps extends MergeProps {
  other: LoadedReport
}

function BothSides({ loaded, other, busy, onMerge, onCancel }: BothSidesProps) {
  const { t } = useMessages()
  const [goesOn, setGoesOn] = useState<'this' | 'other'>('this')
  const [one, two] = [loaded.item.id, other.item.id]
  const send = (): void => (goesOn === 'this' ? onMerge(two, one) : onMerge(one, two))
  return (
    <>
      <div class="merge-sides">
        <MergeSide title={t('staff.merge.this')} loaded={loaded} />
        <MergeSide title={t('staff.merge.other')} loaded={other} />
      </div>
      <MergedWish
        {...(goesOn === 'this' ? { from: other, into: loaded } : { from: loaded, into: other })}
      />
      <fieldset>
        <legend>{t('staff.merge.goes_on')}</legend>
        {(['this', 'other'] as const).map((each) => (
          <label key={each} class="choice">
            <input
              type="radio"
              name="goes-on"
              checked={goesOn === each}
              onChange={() => setGoesOn(each)}
            />
            <span>{t(`staff.merge.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      <p>{t('staff.merge.means')}</p>
      <div class="verbs">
        <button type="button" class="go" aria-disabled={busy} onClick={send}>
          {t('staff.merge.go')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('staff.assign.cancel')}
        </button>
      </div>
    </>
  )
}
