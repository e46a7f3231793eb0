// Previews the file for a table, and saves it.
import { type ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Form } from '../ui/form.tsx'
import { saveBytes } from '../ui/save-bytes.ts'
import { takeFocus } from '../ui/take-focus.ts'
import { ownFile } from './own-file.ts'
import { type OwnTable } from './own-tables.ts'
import { isSmall } from './small-numbers.ts'
import { csvBytes } from './write-csv.ts'
import { type FigureWords } from './words.tsx'

interface SaveTableProps {
  words: FigureWords
  table: OwnTable
  year: string
  isExact: boolean
  /** asks how small numbers should be shown */
  choice: ComponentChildren
  onClose: () => void
}

export function SaveTable({ words, table, year, isExact, choice, onClose }: SaveTableProps) {
  const { say } = words
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => takeFocus(title.current), [])
  const [saved, setSaved] = useState('')
  const { name, text } = ownFile(table, year, isExact, words)
  const save = (): void => {
    saveBytes(csvBytes(text), name)
    setSaved(name)
  }
  const tableName = say(`staff-figures.table.${table.name}`)
  return (
    <section>
      <h3 ref={title} tabIndex={-1}>
        {say('staff-figures.save.title', { table: tableName, year })}
      </h3>
      <Form onSubmit={save} onCancel={onClose}>
        {choice}
        {isExact && table.rows.some(({ n }) => isSmall(n)) && (
          <p class="warning" role="alert">
            {say('staff-figures.save.warning')}
          </p>
        )}
        <p>
          {say('staff-figures.save.lead')} <b>{name}</b>
        </p>
        <pre tabIndex={0} aria-label={name}>
          {text}
        </pre>
        <div class="verbs">
          <button type="submit" class="go">
            {say('staff-figures.save.go')}
          </button>
          <button type="button" onClick={onClose}>
            {say('staff-figures.save.close')}
          </button>
        </div>
        <p role="status">{saved === name && say('staff-figures.save.done', { name })}</p>
      </Form>
    </section>
  )
}
