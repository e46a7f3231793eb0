// Joining happens once in a working life, so its code is fetched only then.
import { type ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff'
import { Starting } from './starting.tsx'

export interface JoinProps {
  secret: Bytes
  /** the account exists; `master` unlocks it */
  onJoined: (me: Me, master: Bytes) => Promise<void>
  onLeave: () => Promise<void>
}

export function LoadJoin(props: JoinProps) {
  const [Join, setJoin] = useState<ComponentType<JoinProps> | null>(null)
  const [why, setWhy] = useState<unknown>(null)
  const load = async (): Promise<void> => {
    setWhy(null)
    try {
      const loaded = await import('../join/join.tsx')
      setJoin(() => loaded.Join)
    } catch (cause) {
      setWhy(new Refusal('network', { cause }))
    }
  }
  useEffect(() => void load(), [])
  if (Join) return <Join {...props} />
  return why === null ? <Starting /> : <Starting why={why} again={load} />
}
