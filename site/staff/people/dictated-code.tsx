// Shows an invitation as lines to read out, for a newcomer whose device has no camera.
import { useEffect, useState } from 'preact/hooks'
import type { OpenInvitation } from '#protocol/staff/people/people'
import { writeInvitationCode } from '../crypto/invitation-code.ts'
import { QuotingSentence } from '../ui/quoting-sentence.tsx'
import { WithHelpWords } from '../ui/with-help-words.tsx'

export function DictatedCode({ invitation }: { invitation: OpenInvitation }) {
  const [lines, setLines] = useState<string[]>([])
  useEffect(() => void writeInvitationCode(invitation).then(setLines), [invitation])
  return (
    <WithHelpWords>
      {({ help }) => (
        <details class="dictated">
          <summary>{help('staff-help.code.show')}</summary>
          <QuotingSentence
            text={help('staff-help.code.how', { address: `${location.host}/staff/` })}
          />
          <ol class="code-lines">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </details>
      )}
    </WithHelpWords>
  )
}
