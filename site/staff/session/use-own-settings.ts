// Fetches the person's settings for their own screens, and stores changes. Without a response, the
// app works with the default values.
import { useEffect, useState } from 'preact/hooks'
import { UNSET, type OwnChoices } from '#protocol/staff/people/own-settings'
import { fetchOwnSettings, putOwnSettings } from '../api/own-keys-api.ts'
import { type Attempt } from '../ui/use-attempt.ts'
import { useSessionAttempt } from './session-context.ts'

export interface HeldSettings extends Pick<Attempt, 'busy' | 'why'> {
  settings: OwnChoices
  /**
   * true when the settings have arrived from the server, so that a change does not lose any of them
   */
  isLoaded: boolean
  change: (part: Partial<OwnChoices>) => void
}

export function useOwnSettings(): HeldSettings {
  const { busy, why, run } = useSessionAttempt()
  const [loaded, setLoaded] = useState<OwnChoices | null>(null)
  useEffect(() => run(async () => setLoaded(await fetchOwnSettings())), [])
  const settings = loaded ?? UNSET
  const change = (part: Partial<OwnChoices>): void =>
    run(async () => {
      // A change before the first response is based on the stored settings.
      const next = { ...(loaded ?? (await fetchOwnSettings())), ...part }
      await putOwnSettings(next)
      setLoaded(next)
    })
  return { settings, isLoaded: loaded !== null, busy, why, change }
}
