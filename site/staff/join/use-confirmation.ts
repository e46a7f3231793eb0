// Waits for a newcomer's confirmation, and finds the digits in the meantime. Polls only while the
// tab is visible, because the newcomer looks at the digits during the call.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { type Me } from '#protocol/staff/people/people'
import { fetchMe } from '../api/session-api.ts'
import { type OpenOwnKeys } from '../crypto/unlock.ts'
import { fetchLedger } from '../ledger/fetch-ledger.ts'
import { verifyLedger } from '../ledger/verify-ledger.ts'
import { findOwnJoin, type OwnJoin } from './own-join.ts'

const EVERY_MS = 3000

export interface SeenConfirmation {
  /** null until the ledger is verified */
  own: OwnJoin | null
  /** the error of the last request, or the reason why the digits are missing; otherwise null */
  why: unknown
  /** true when the session has ended: a colleague refused the newcomer, or the session expired */
  isOut: boolean
  /** sends a request immediately */
  ask: () => Promise<void>
}

export function useConfirmation(
  root: Bytes,
  keys: OpenOwnKeys,
  onConfirmed: (me: Me) => Promise<void>,
): SeenConfirmation {
  const [own, setOwn] = useState<OwnJoin | null>(null)
  const [why, setWhy] = useState<unknown>(null)
  const [isOut, setIsOut] = useState(false)
  const state = useRef({ hasDigits: false, isEntering: false, isGone: false })

  const findDigits = async (): Promise<void> => {
    const ledger = await verifyLedger(fetchLedger, root)
    if (ledger.is !== 'whole') throw new Refusal('ledger_broken')
    const found = await findOwnJoin(ledger, keys)
    state.current.hasDigits = true
    setOwn(found)
  }
  const enter = async (me: Me): Promise<void> => {
    const { isEntering, isGone } = state.current
    if (isEntering || isGone) return
    state.current.isEntering = true
    try {
      await onConfirmed(me)
    } finally {
      state.current.isEntering = false
    }
  }
  const ask = async (): Promise<void> => {
    try {
      const me = await fetchMe()
      if (me.roles.length > 0) {
        await enter(me)
        return
      }
      if (!state.current.hasDigits) await findDigits()
      setWhy(null)
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'signed_out') setIsOut(true)
      else setWhy(thrown)
    }
  }
  useEffect(() => {
    const here = state.current
    let timer: ReturnType<typeof setTimeout> | undefined
    // Each request waits for the response to the previous one, so a slow network carries only one
    // at a time.
    const poll = async (): Promise<void> => {
      if (document.visibilityState === 'visible') await ask()
      if (!here.isGone) timer = setTimeout(() => void poll(), EVERY_MS)
    }
    void poll()
    return () => {
      here.isGone = true
      clearTimeout(timer)
    }
  }, [])
  return { own, why, isOut, ask }
}
