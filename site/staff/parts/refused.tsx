// What went wrong, in a sentence that says what to do. Read out at once.
import { useWords } from '../words.tsx'

export function Refused({ why }: { why: unknown }) {
  const { sentence } = useWords()
  return why === null || why === undefined ? null : (
    <p class="refused" role="alert">
      {sentence(why)}
    </p>
  )
}
