// Accepts an invitation that a colleague reads out line by line. Each line is checked as it is
// typed, so that nobody has to search all lines for one wrong character.
import { useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { type OpenInvitation } from '#protocol/staff/people/people'
import {
  CODE_LINES,
  joinCodeLines,
  readCodeLine,
  type ReadLine,
} from '../crypto/invitation-code.ts'
import type { HelpWords } from '../i18n/help-words.ts'
import { useMessages } from '../i18n/messages.tsx'
import { Field, Form } from '../ui/form.tsx'
import { NarrowPage } from '../ui/narrow-page.tsx'
import { WithHelpWords } from '../ui/with-help-words.tsx'

export interface TypeCodeProps {
  onRead: (invitation: OpenInvitation) => void
  onLeave: () => Promise<void>
}

interface TypedLine {
  text: string
  read: ReadLine | null
}

export function TypeCodePage({ onRead, onLeave }: TypeCodeProps) {
  const { t } = useMessages()
  return (
    <NarrowPage title={t('staff.signin.code')}>
      <WithHelpWords>{(words) => <CodeForm words={words} onRead={onRead} />}</WithHelpWords>
      <button type="button" onClick={() => void onLeave()}>
        {t('staff.join.have_account')}
      </button>
    </NarrowPage>
  )
}

interface CodeFormProps extends Pick<TypeCodeProps, 'onRead'> {
  words: HelpWords
}

function CodeForm({ words: { help }, onRead }: CodeFormProps) {
  const { t } = useMessages()
  const [lines, setLines] = useState<TypedLine[]>(
    Array.from({ length: CODE_LINES }, () => ({ text: '', read: null })),
  )
  const put = (n: number, line: TypedLine): void =>
    setLines((now) => now.map((each, at) => (at === n ? line : each)))
  const type = async (n: number, text: string): Promise<void> => {
    put(n, { text, read: null })
    const read = await readCodeLine(n, text)
    // A line that is still too short is not a mistake yet.
    const isDone = !('typo' in read) || read.typo !== 'length'
    setLines((now) =>
      now.map((each, at) => (at === n && each.text === text && isDone ? { text, read } : each)),
    )
  }
  const send = async (): Promise<void> => {
    const read = await Promise.all(lines.map(({ text }, n) => readCodeLine(n, text)))
    setLines(lines.map(({ text }, n) => ({ text, read: read[n] ?? null })))
    const right = read.flatMap((each): Bytes[] => ('line' in each ? [each.line] : []))
    if (right.length === CODE_LINES) onRead(joinCodeLines(right))
  }
  return (
    <>
      <p>{help('staff-help.code.lead')}</p>
      <Form onSubmit={send}>
        {lines.map(({ text, read }, n) => (
          <Field
            key={n}
            label={help(read && 'line' in read ? 'staff-help.code.right' : 'staff-help.code.line', {
              n: n + 1,
            })}
            mistake={read && 'typo' in read ? help(`staff-help.code.typo.${read.typo}`) : null}
            value={text}
            onInput={(typed) => void type(n, typed)}
            code
          />
        ))}
        <button type="submit" class="go">
          {t('staff.next')}
        </button>
      </Form>
    </>
  )
}
