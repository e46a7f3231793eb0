// Fetches the code of a rarely shown part of the app when it is first shown.
import { type ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'

export interface Fetched<Props> {
  /** null until the code is loaded */
  Part: ComponentType<Props> | null
  /** the error of a failed load, or null */
  why: unknown
  again: () => Promise<void>
}

export function useFetched<Props>(fetchPart: () => Promise<ComponentType<Props>>): Fetched<Props> {
  const [Part, setPart] = useState<ComponentType<Props> | null>(null)
  const [why, setWhy] = useState<unknown>(null)
  const load = async (): Promise<void> => {
    setWhy(null)
    try {
      const part = await fetchPart()
      setPart(() => part)
    } catch (cause) {
      setWhy(new Refusal('network', { cause }))
    }
  }
  useEffect(() => void load(), [])
  return { Part, why, again: load }
}
