// Lists the words from the case, which a colleague can include, and asks about each marked detail.
import { momentInDigits } from '../../../i18n/dates.ts'
import { openMarks, withDecision, type MarkedText } from '../../../referral/cut-words.ts'
import { type CaseWords } from '../../../referral/facts-of.ts'
import { findDetails, type KnownDetails } from '../../../referral/find-details.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { UntrustedText } from '../../../ui/untrusted-text.tsx'
import { type IncludedWords } from './asked.ts'
import { ChoiceRow } from '../../../ui/choice-row.tsx'

interface WordChoicesProps {
  words: ReferralWords
  found: readonly CaseWords[]
  known: KnownDetails
  included: readonly IncludedWords[]
  onIncluded: (included: readonly IncludedWords[]) => void
}

/** Returns the number of undecided marks. */
export const openIn = (included: readonly IncludedWords[]): number =>
  included.reduce((sum, each) => sum + openMarks(each), 0)

export function WordChoices({ words, found, known, included, onIncluded }: WordChoicesProps) {
  const { say } = words
  return (
    <section aria-labelledby="referral-words">
      <h5 id="referral-words">{say('staff-referral.words')}</h5>
      <p class="hint">{say('staff-referral.words.hint')}</p>
      {found.map(({ id, source, text, day }) => {
        const chosen = included.find((each) => each.id === id)
        const name = say(`staff-referral.letter.words.${source}`)
        const others = included.filter((each) => each.id !== id)
        const include = (marked: MarkedText): void =>
          onIncluded([...others, { ...marked, marks: [...marked.marks], id, source }])
        return (
          <div key={id} class="leaving-words">
            <b>{[name, momentInDigits(day).slice(0, 10)].filter(Boolean).join(' · ')}</b>
            {chosen ? (
              <>
                <MarkedWords words={words} marked={chosen} onMarked={include} />
                <button type="button" onClick={() => onIncluded(others)}>
                  {say('staff-referral.words.drop')}
                </button>
              </>
            ) : (
              <>
                <UntrustedText text={text} />
                <button type="button" onClick={() => include(findDetails(text, known))}>
                  {say('staff-referral.words.add', { words: name })}
                </button>
              </>
            )}
          </div>
        )
      })}
    </section>
  )
}

interface MarkedWordsProps {
  words: ReferralWords
  marked: MarkedText
  onMarked: (marked: MarkedText) => void
}

/** Shows the words with their marks, followed by one question for each mark. */
function MarkedWords({ words: { say }, marked, onMarked }: MarkedWordsProps) {
  const { text, marks } = marked
  return (
    <>
      <div class="words" dir="auto">
        {marks.map(({ from, to, decision }, at) => (
          <span key={from}>
            {text.slice(marks[at - 1]?.to ?? 0, from)}
            {decision === 'remove' ? (
              <s>{text.slice(from, to)}</s>
            ) : (
              <mark>{text.slice(from, to)}</mark>
            )}
          </span>
        ))}
        {text.slice(marks.at(-1)?.to ?? 0)}
      </div>
      <p role="status">{say('staff-referral.marks.open', { n: openMarks(marked) })}</p>
      {marks.map(({ from, to, decision }, at) => (
        <ChoiceRow
          key={from}
          label={text.slice(from, to)}
          options={(['remove', 'keep'] as const).map(
            (each) => [each, say(`staff-referral.mark.${each}`)] as const,
          )}
          value={decision === 'open' ? null : decision}
          onChange={(next) => onMarked(withDecision(marked, at, next))}
        />
      ))}
    </>
  )
}
