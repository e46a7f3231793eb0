// Locks the staff app after ten idle minutes, and when the person leaves the page. Idle time is
// computed from the time of day, so that a laptop is locked when it wakes from sleep.
import { useEffect, useRef, useState } from 'preact/hooks'

const IDLE_MS = 10 * 60_000
const WARN_MS = 9 * 60_000
const CHECK_MS = 10_000
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'input'] as const

/** Watches for idle time. @returns true in the last minute, so that the app can warn the person */
export function useIdleLock(lock: () => void): boolean {
  const [warning, setWarning] = useState(false)
  const door = useRef(lock)
  door.current = lock

  useEffect(() => {
    let lastSign = Date.now()
    const check = (): void => {
      const idle = Date.now() - lastSign
      setWarning(idle >= WARN_MS)
      if (idle >= IDLE_MS) door.current()
    }
    const sign = (): void => {
      check()
      lastSign = Date.now()
      setWarning(false)
    }
    const left = (): void => door.current()
    const timer = setInterval(check, CHECK_MS)
    for (const each of SIGNS_OF_LIFE) addEventListener(each, sign, { passive: true })
    document.addEventListener('visibilitychange', check)
    addEventListener('pagehide', left)
    return () => {
      clearInterval(timer)
      for (const each of SIGNS_OF_LIFE) removeEventListener(each, sign)
      document.removeEventListener('visibilitychange', check)
      removeEventListener('pagehide', left)
    }
  }, [])
  return warning
}
