// Reports whether the window is wide, even after a person has rotated the phone.
import { useEffect, useState } from 'preact/hooks'

const WIDE = '(min-width: 56rem)'

/** Returns true if the list is shown beside the case; panes.css uses the same width. */
export const isWide = (): boolean => matchMedia(WIDE).matches

/** Returns isWide, and renders the component again when it changes. */
export function useIsWide(): boolean {
  const [, setIsWide] = useState(isWide)
  useEffect(() => {
    const query = matchMedia(WIDE)
    const change = (): void => setIsWide(query.matches)
    query.addEventListener('change', change)
    return () => query.removeEventListener('change', change)
  }, [])
  return isWide()
}
