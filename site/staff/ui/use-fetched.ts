// Fetches the code of a rarely shown part of the app when the part is first shown.
import { type ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '#protocol/errors'

export interface Fetched<Props> {
  /** null until the code has been loaded */
  Part: ComponentType<Props> | null
  /** the error from a failed load, or null */
  why: unknown
  again: () => Promise<void>
}

type FetchPart<Props> = () => Promise<ComponentType<Props>>

/**
 * The parts that have been fetched, keyed by the function that fetched them. Such a part is shown
 * without delay.
 */
const fetched = new WeakMap<() => Promise<unknown>, unknown>()

/**
 * The cast is safe because only `useFetched` stores a part, under the function that returned the
 * part.
 */
const fetchedBy = <Props>(fetchPart: FetchPart<Props>): ComponentType<Props> | null =>
  (fetched.get(fetchPart) ?? null) as ComponentType<Props> | null

export function useFetched<Props>(fetchPart: FetchPart<Props>): Fetched<Props> {
  const [Part, setPart] = useState(() => fetchedBy(fetchPart))
  const [why, setWhy] = useState<unknown>(null)
  const load = async (): Promise<void> => {
    setWhy(null)
    try {
      const part = await fetchPart()
      fetched.set(fetchPart, part)
      setPart(() => part)
    } catch (cause) {
      setWhy(new Refusal('network', { cause }))
    }
  }
  useEffect(() => {
    if (!Part) void load()
  }, [])
  return { Part, why, again: load }
}
