// Joining happens once in a working life, so its code is fetched only then.
import { type ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'
import { type JoinProps } from '../join/join-props.ts'
import { Starting } from './starting.tsx'

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
