import { type FigureWords } from './words.tsx'

interface SmallNumbersChoiceProps {
  words: FigureWords
  isExact: boolean
  setIsExact: (isExact: boolean) => void
}

/** Asks whether small numbers are shown as 1–10, or exactly and for internal use only. */
export function SmallNumbersChoice({
  words: { say },
  isExact,
  setIsExact,
}: SmallNumbersChoiceProps) {
  return (
    <fieldset>
      <legend>{say('staff-figures.small')}</legend>
      {([false, true] as const).map((each) => (
        <label key={String(each)} class="choice">
          <input
            type="radio"
            name="small-numbers"
            checked={isExact === each}
            onChange={() => setIsExact(each)}
          />
          <span>{say(each ? 'staff-figures.small.exact' : 'staff-figures.small.range')}</span>
        </label>
      ))}
    </fieldset>
  )
}
