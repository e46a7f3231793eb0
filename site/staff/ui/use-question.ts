// Asks for confirmation before an action. The focus moves to the question, and then back to the
// button that opened the question.
import { useEffect, useRef, useState } from 'preact/hooks'

export function useQuestion() {
  const [isAsking, setIsAsking] = useState(false)
  const question = useRef<HTMLParagraphElement>(null)
  const start = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isAsking) return
    // The answers below the question come into view too.
    question.current?.parentElement?.scrollIntoView({ block: 'nearest' })
    question.current?.focus()
  }, [isAsking])
  const back = (): void => {
    setIsAsking(false)
    setTimeout(() => start.current?.focus())
  }
  return { isAsking, question, start, ask: () => setIsAsking(true), back }
}
