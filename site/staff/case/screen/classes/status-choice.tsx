// Asks whether the person is a victim of trafficking, and who decided that. The app never makes
// this decision.
import { type TraffickingStatus } from '../../../crypto/classification.ts'
import { type SayClass } from '../../facts/with-class-words.tsx'
import { ChoiceRow } from '../../../ui/choice-row.tsx'
import { CODES, codeWords, fieldName, type Answers } from './class-fields.ts'

interface StatusChoiceProps {
  say: SayClass
  status: Answers['status']
  isTried: boolean
  onStatus: (status: Answers['status']) => void
}

export function StatusChoice({ say, status, isTried, onStatus }: StatusChoiceProps) {
  const decided = status === null || status === 'unknown' ? null : status
  const options: readonly (readonly [TraffickingStatus | 'unknown' | '', string])[] = [
    ['', say('staff-class.none')],
    ...CODES.status.map((code) => [code, codeWords('status', code, say)] as const),
    ['unknown', say('staff-class.unknown')],
  ]
  return (
    <>
      <ChoiceRow
        label={fieldName('status', say)}
        options={options}
        value={decided?.value ?? (status === 'unknown' ? status : '')}
        onChange={(value) => {
          if (value === '') onStatus(null)
          else if (value === 'unknown') onStatus(value)
          else onStatus({ value, decidedBy: decided?.decidedBy ?? null })
        }}
      />
      {decided ? (
        <>
          <ChoiceRow
            label={fieldName('decidedBy', say)}
            options={CODES.decidedBy.map(
              (code) => [code, codeWords('decidedBy', code, say)] as const,
            )}
            value={decided.decidedBy}
            mistake={
              isTried && decided.decidedBy === null ? say('staff-class.decidedby.missing') : null
            }
            onChange={(decidedBy) => onStatus({ ...decided, decidedBy })}
          />
        </>
      ) : (
        <p class="hint">{say('staff-class.status.hint')}</p>
      )}
    </>
  )
}
