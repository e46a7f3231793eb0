// Words that are being written survive a refusal, a look at another report and a lock.
import { useState } from 'preact/hooks'
import { useDesk } from './desk-context.ts'

export function useDraft(key: string): [string, (text: string) => void] {
  const { drafts } = useDesk()
  const [text, setText] = useState(drafts.get(key) ?? '')
  const write = (next: string): void => {
    if (next) drafts.set(key, next)
    else drafts.delete(key)
    setText(next)
  }
  return [text, write]
}
