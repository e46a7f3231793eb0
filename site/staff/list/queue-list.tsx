// Shows the list: search, views, filter, news, the lines, and the bar for actions on many cases.
import { useRef } from 'preact/hooks'
import { hasOwnCasesOnly } from '#protocol/staff/fields'
import { useMessages } from '../i18n/messages.tsx'
import { NewsLine } from '../session/news-line.tsx'
import { type News } from '../session/news.ts'
import { useSessionContext } from '../session/session-context.ts'
import { ErrorMessage } from '../ui/errors.tsx'
import { useFetched } from '../ui/use-fetched.ts'
import type { BulkBarProps } from './bulk/bulk-bar.tsx'
import { FilterBox } from './filter/filter-box.tsx'
import type { KeysDialogProps } from './keys-dialog.tsx'
import { ListLines, type ListLinesProps } from './list-lines.tsx'
import { SearchField } from './search-field.tsx'
import { useListKeys } from './use-list-keys.ts'

interface QueueListProps extends Omit<ListLinesProps, 'focusAsked'> {
  news: News
  onReload: () => void
}

const fetchBulk = async () => (await import('./bulk/bulk-bar.tsx')).BulkBar
const fetchKeys = async () => (await import('./keys-dialog.tsx')).KeysDialog

export function QueueList({ list, reading, news, onOpen, onReload }: QueueListProps) {
  const { t } = useMessages()
  const section = useRef<HTMLElement>(null)
  const { attempt, lines, places } = list
  // The bar remains after it was shown, because it then shows the outcome of an action.
  const hasActed = useRef(false)
  if (list.selected.size > 0 || list.tagging) hasActed.current = true
  const keys = useListKeys({ list, section, reading, onReload })
  // A search ignores view and filter, so the way on is to search for other words.
  const noneKey = list.found ? 'staff.list.none.found' : 'staff.list.none'
  const { me } = useSessionContext()
  const emptyKey = hasOwnCasesOnly(me.roles) ? 'staff.queue.empty.own' : 'staff.queue.empty'
  const focusFirst = (): void =>
    section.current?.querySelector<HTMLElement>('.line[tabindex="0"], .line')?.focus()

  return (
    <section class="queue" aria-labelledby="queue-title" ref={section}>
      <div class="queue-head">
        <h2 id="queue-title" tabIndex={-1}>
          {t('staff.queue.title')}
        </h2>
        {lines && <span class="queue-count">{places.length}</span>}
        <SearchField
          text={list.search}
          found={list.found?.size ?? null}
          onSearch={list.onSearch}
          onEnter={focusFirst}
        />
        <button type="button" aria-disabled={attempt.busy} onClick={onReload}>
          {t('staff.queue.reload')}
        </button>
        <button type="button" class="keys" onClick={() => keys.onHelp(true)}>
          {t('staff.keyboard.go')}
        </button>
      </div>
      <FilterBox list={list} />
      <NewsLine news={news}>
        <p>{t('staff.queue.news')}</p>
      </NewsLine>
      <div role="status">
        {lines && places.length === 0 && <p>{t(lines.byId.size === 0 ? emptyKey : noneKey)}</p>}
        {lines === null && attempt.busy && <p>{t('staff.loading')}</p>}
      </div>
      <ErrorMessage why={attempt.why ?? list.restWhy} />
      {list.restWhy !== null && (
        <button type="button" onClick={list.goOn}>
          {t('staff.list.rest')}
        </button>
      )}
      <div aria-busy={attempt.busy || (lines?.next ?? null) !== null}>
        <ListLines list={list} reading={reading} focusAsked={keys.focusAsked} onOpen={onOpen} />
      </div>
      {hasActed.current && <LoadBulk list={list} onOpen={onOpen} />}
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
