// Shows the field that searches the words of all cases on this device, and how many cases have been
// read.
import { useId } from 'preact/hooks'
import { useMessages } from '../i18n/messages.tsx'
import { useReading } from '../search/case-index.ts'

interface SearchFieldProps {
  text: string
  /** number of cases found; null if there is no search */
  found: number | null
  onSearch: (text: string) => void
  /** moves the focus on to the lines */
  onEnter: () => void
}

export function SearchField({ text, found, onSearch, onEnter }: SearchFieldProps) {
  const { t } = useMessages()
  const reading = useReading()
  const id = useId()
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing) return
    if (event.key === 'Enter' || event.key === 'ArrowDown') onEnter()
    else if (event.key === 'Escape' && text !== '') onSearch('')
    else return
    event.preventDefault()
  }
  return (
    <div class="find" role="search">
      <label class="apart" for={id}>
        {t('staff.list.search')}
      </label>
      <input
        id={id}
        type="search"
        value={text}
        placeholder={t('staff.list.search')}
        autocomplete="off"
        spellcheck={false}
        aria-describedby={`${id}-found`}
        onInput={({ currentTarget }) => onSearch(currentTarget.value)}
        onKeyDown={press}
      />
      <p id={`${id}-found`} role="status">
        {found !== null && <span class="apart">{t('staff.list.found', { n: found })}</span>}
        {text !== '' && reading && ` ${t('staff.list.reading', reading)}`}
      </p>
    </div>
  )
}
