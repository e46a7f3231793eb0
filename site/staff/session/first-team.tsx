// Asks the first reader for a proof of presence, then opens the first team key. The request appears
// above the list, because no report can be opened without that key.
import { useEffect } from 'preact/hooks'
import { ErrorMessage } from '../ui/errors.tsx'
import { useProof } from './use-proof.tsx'

interface FirstTeamProps {
  open: () => Promise<void>
}

export function FirstTeam({ open }: FirstTeamProps) {
  const proof = useProof()
  useEffect(() => proof.run(open), [])
  return (
    <>
      {proof.question}
      <ErrorMessage why={proof.why} />
    </>
  )
}
