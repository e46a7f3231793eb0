// Shows the list: views, search, filter, news, the lines, and the bar for actions on many cases.
import { type ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { hasOwnCasesOnly } from '#protocol/staff/fields'
import { useMessages } from '../i18n/messages.tsx'
import { NewsLine } from '../session/news-line.tsx'
import { type News } from '../session/news.ts'
import { useSessionContext } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { useFetched } from '../ui/use-fetched.ts'
import type { BulkBarProps } from './bulk/bulk-bar.tsx'
import { useFilter } from './filter/use-filter.ts'
import { ViewBar } from './filter/view-bar.tsx'
import type { KeysDialogProps } from './keys-dialog.tsx'
import { type Lines } from './lines.ts'
import { ListHead } from './list-head.tsx'
import { ListLines, type ListLinesProps } from './list-lines.tsx'
import { useListKeys } from './use-list-keys.ts'

interface QueueListProps extends Omit<ListLinesProps, 'focusAsked'> {
  news: News
  onReload: () => void
  /** shows the tasks of these lines in place of the lines */
  tasks: (lines: Lines) => ComponentChildren
}

/** The keys that a colleague uses most often. The dialog lists all keys. */
const SHOWN_KEYS = [
  ['Enter', 'open'],
  ['X', 'select'],
  ['/', 'search'],
  ['N', 'refresh'],
] as const

const fetchBulk = async () => (await import('./bulk/bulk-bar.tsx')).BulkBar
const fetchKeys = async () => (await import('./keys-dialog.tsx')).KeysDialog

export function QueueList({ list, reading, news, onOpen, onReload, tasks }: QueueListProps) {
  const { t } = useMessages()
  const section = useRef<HTMLElement>(null)
  const { attempt, lines, places } = list
  // The bar stays once it has been shown, because it then shows the outcome of an action.
  const hasActed = useRef(false)
  if (list.selected.size > 0 || list.tagging) hasActed.current = true
  const keys = useListKeys({ list, section, reading, onReload })
  // A search ignores the view and the filter, so the only remedy is to search for other words.
  const noneKey = list.found ? 'staff.list.none.found' : 'staff.list.none'
  const { me } = useSessionContext()
  const shown = useFilter(list)
  const emptyKey = hasOwnCasesOnly(me.roles) ? 'staff.queue.empty.own' : 'staff.queue.empty'
  const isTasks = list.shows === 'tasks' && !list.found
  const focusFirst = (): void =>
    section.current?.querySelector<HTMLElement>('.line[tabindex="0"], .line')?.focus()

  return (
    <section class="queue" aria-label={t('staff.queue.title')} ref={section}>
      <ViewBar
        list={list}
        context={shown.context}
        saved={shown.views.saved}
        onFilter={shown.choose}
        onTasks={shown.chooseTasks}
      />
      <div class="queue-main">
        <ListHead list={list} shown={shown} onEnter={focusFirst} onReload={onReload} />
        <NewsLine news={news}>
          <p>{t('staff.queue.news')}</p>
        </NewsLine>
        <div class="queue-lines">
          <div role="status">
            {!isTasks && lines && places.length === 0 && (
              <p>{t(lines.byId.size === 0 ? emptyKey : noneKey)}</p>
            )}
            {lines === null && attempt.busy && <p>{t('staff.loading')}</p>}
          </div>
          <ErrorMessage why={attempt.why ?? list.restWhy} />
          {list.restWhy !== null && (
            <button type="button" onClick={list.goOn}>
              {t('staff.list.rest')}
            </button>
          )}
          <div aria-busy={attempt.busy || (lines?.next ?? null) !== null}>
            {isTasks ? (
              lines && tasks(lines)
            ) : (
              <ListLines
                list={list}
                reading={reading}
                focusAsked={keys.focusAsked}
                onOpen={onOpen}
              />
            )}
          </div>
        </div>
        {hasActed.current && <LoadBulk list={list} onOpen={onOpen} />}
        <p class="keys">
          {SHOWN_KEYS.map(([key, does]) => (
            <span key={does}>
              <kbd>{key}</kbd> {t(`staff.keyboard.${does}`)}
            </span>
          ))}
          <button type="button" onClick={() => keys.onHelp(true)}>
            {t('staff.keyboard.go')}
          </button>
        </p>
      </div>
      {keys.isHelpOpen && <LoadKeys onClose={() => keys.onHelp(false)} />}
    </section>
  )
}

function LoadBulk(props: BulkBarProps) {
  const { Part } = useFetched(fetchBulk)
  return Part && <Part {...props} />
}

function LoadKeys(props: KeysDialogProps) {
  const { Part } = useFetched(fetchKeys)
  return Part && <Part {...props} />
}
