// Releases the file once it may leave. Either saves the page and shows its digits, or prints the
// paper. The paper is rendered from the letter that was read from the file.
import { render } from 'preact'
import { groupReceipt } from '#protocol/report/receipt'
import { LetterPreview } from '../../../referral/letter-preview.tsx'
import { type MadeFile } from '../../../referral/made-file.ts'
import { type Letter } from '../../../referral/pieces.ts'
import { type ReferralWords } from '../../../referral/words.ts'
import { NumberGroups } from '../../../ui/digits.tsx'
import { saveBytes } from '../../../ui/save-bytes.ts'

/** The name of the saved page, which does not identify anybody. */
const PAGE_FILE = 'letter.html'

/** Prints only the letter. After printing, the letter is removed from the document. */
function printLetter(letter: Letter): void {
  const paper = document.createElement('div')
  paper.className = 'letter-on-paper'
  document.body.append(paper)
  render(<LetterPreview letter={letter} />, paper)
  const end = (): void => {
    render(null, paper)
    paper.remove()
  }
  addEventListener('afterprint', end, { once: true })
  print()
}

interface GiveFileProps {
  own: ReferralWords
  file: MadeFile
  /** see readFile; null for a page from another version of the app */
  letter: Letter | null
  /** called once the file has been saved or printed */
  onGiven?: () => void
}

export function GiveFile({
  own: { say },
  file: { bytes, digits },
  letter,
  onGiven,
}: GiveFileProps) {
  const give = (out: () => void): void => {
    out()
    onGiven?.()
  }
  if (digits === null) {
    if (!letter) return null
    return (
      <button type="button" class="go" onClick={() => give(() => printLetter(letter))}>
        {say('staff-referral.give.paper')}
      </button>
    )
  }
  return (
    <>
      <button type="button" class="go" onClick={() => give(() => saveBytes(bytes, PAGE_FILE))}>
        {say('staff-referral.give.page')}
      </button>
      <p class="hint">{say('staff-referral.give.page.hint')}</p>
      <p>{say('staff-referral.digits.hint')}</p>
      <NumberGroups written={groupReceipt(digits)} label={say('staff-referral.digits')} />
    </>
  )
}
