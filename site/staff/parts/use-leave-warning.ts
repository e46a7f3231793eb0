// The browser asks before a tab is closed over words that would be lost.
import { useEffect } from 'preact/hooks'

export function useLeaveWarning(isUnfinished: () => boolean): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (isUnfinished()) event.preventDefault()
    }
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  })
}
