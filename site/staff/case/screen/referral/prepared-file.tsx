// Shows the letter as it was read from the file. A colleague can sign only here. The digits of a
// page are shown once the page may leave, because nobody may disclose them before then.
import { isRecognisable } from '../../../referral/content.ts'
import { LetterPreview } from '../../../referral/letter-preview.tsx'
import { type Letter } from '../../../referral/pieces.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { type PreparedReferral } from './prepared-referral.ts'

interface PreparedFileProps {
  own: ReferralWords
  prepared: PreparedReferral
  /** names that occur in the fields; see namesInFields */
  names: readonly string[]
  /** see readFile */
  letter: Letter
  busy: boolean
  onSave: () => void
  onChange: () => void
}

export function PreparedFile(props: PreparedFileProps) {
  const { own, prepared, names, letter, busy, onSave, onChange } = props
  const { say } = own
  return (
    <section aria-labelledby="referral-preview">
      <h5 id="referral-preview" tabIndex={-1}>
        {say('staff-referral.preview')}
      </h5>
      <p class="hint">{say('staff-referral.preview.hint')}</p>
      {isRecognisable(prepared.content) && <p class="warning">{say('staff-referral.recognise')}</p>}
      {names.length > 0 && (
        <p class="warning">{say('staff-referral.names', { names: names.join(', ') })}</p>
      )}
      <LetterPreview letter={letter} />
      <div class="verbs">
        <button type="button" class="go" aria-disabled={busy} onClick={onSave}>
          {say('staff-referral.save')}
        </button>
        <button type="button" onClick={onChange}>
          {say('staff-referral.change')}
        </button>
      </div>
    </section>
  )
}
