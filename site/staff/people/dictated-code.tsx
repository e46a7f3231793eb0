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
              <li key={line}>
                {halvesOf(line).map((half) => (
                  <span key={half}>{half} </span>
                ))}
              </li>
            ))}
          </ol>
        </details>
      )}
    </WithHelpWords>
  )
}

/** Splits a line after its third group, where it wraps on a phone. */
function halvesOf(line: string): string[] {
  const groups = line.split(' ')
  return [groups.slice(0, 3).join(' '), groups.slice(3).join(' ')]
}
