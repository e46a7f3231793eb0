// Shows the actions on many cases, the progress of a running action, and the outcome for each case.
import { useRef, useState } from 'preact/hooks'
import { useMessages } from '../../i18n/messages.tsx'
import { useSessionContext } from '../../session/session-context.ts'
import { NOTHING } from '../selection.ts'
import { type ShownList } from '../use-list.ts'
import { BulkForm, formsFor, type BulkFormKind } from './bulk-form.tsx'
import { BulkResults } from './bulk-results.tsx'
import { useBulk } from './use-bulk.ts'

export interface BulkBarProps {
  list: ShownList
  onOpen: (id: string) => void
}

export function BulkBar({ list, onOpen }: BulkBarProps) {
  const { t } = useMessages()
  const { me } = useSessionContext()
  const bulk = useBulk(list)
  const [form, setForm] = useState<BulkFormKind | null>(null)
  const bar = useRef<HTMLDivElement>(null)
  const { progress, result } = bulk
  const { selected, tagging, places } = list
  const n = selected.size
  // The pressed button may have disappeared, so the focus stays in the bar.
  const begin = (act: () => void): void => {
    bar.current?.focus()
    setForm(null)
    act()
  }
  const close = (act: () => void): void => {
    act()
    focusLine()
  }
  if (n === 0 && !tagging && !progress && !result) return null
  return (
    <div class="bulk" role="region" aria-label={t('staff.bulk.title')} ref={bar} tabIndex={-1}>
      {progress ? (
        <div class="bulk-run">
          <label>
            {t('staff.bulk.progress', progress)}
            <progress value={progress.done} max={Math.max(1, progress.of)} />
          </label>
          <button type="button" onClick={() => begin(bulk.stop)}>
            {t('staff.bulk.stop')}
          </button>
        </div>
      ) : (
        <>
          {n > 0 && (
            <div class="verbs">
              <b role="status">{t('staff.bulk.selected', { n })}</b>
              {formsFor(me.roles).map((each) => (
                <button
                  key={each}
                  type="button"
                  aria-expanded={form === each}
                  onClick={() => setForm(form === each ? null : each)}
                >
                  {t(`staff.bulk.${each}`)}
                </button>
              ))}
              <button type="button" onClick={() => begin(bulk.markRead)}>
                {t('staff.bulk.read')}
              </button>
              {n < places.length && (
                <button type="button" onClick={() => begin(list.onSelectAll)}>
                  {t('staff.bulk.all', { n: places.length })}
                </button>
              )}
              <button type="button" onClick={() => close(() => list.onSelect(NOTHING))}>
                {t('staff.bulk.clear')}
              </button>
            </div>
          )}
          {form && n > 0 && (
            <BulkForm
              key={form}
              kind={form}
              n={n}
              onAct={(act) => begin(() => bulk.run(act))}
              onTag={(tag) => begin(() => bulk.tag({ tag, left: [...selected], of: n }))}
            />
          )}
          {tagging && (
            <div class="verbs">
              <p>{t('staff.bulk.tagging', { tag: tagging.tag, n: tagging.left.length })}</p>
              <button type="button" class="go" onClick={() => begin(() => bulk.tag(tagging))}>
                {t('staff.bulk.go_on')}
              </button>
              <button type="button" onClick={() => close(() => list.onTagging(null))}>
                {t('staff.bulk.drop')}
              </button>
            </div>
          )}
        </>
      )}
      {result && !progress && (
        <BulkResults
          result={result}
          list={list}
          onOpen={onOpen}
          onDismiss={() => close(bulk.dismiss)}
          onUndo={begin}
        />
      )}
    </div>
  )
}

/** Focuses the line that had the keyboard focus, without scrolling the list. */
function focusLine(): void {
  const line = document.querySelector<HTMLElement>('.queue .line[tabindex="0"]')
  const place = line ?? document.getElementById('queue-title')
  place?.focus({ preventScroll: true })
}
