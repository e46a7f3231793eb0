import { describe, expect, test, vi } from 'vitest'
import { Refusal, type ErrorCode } from '#protocol/errors'
import { runAndRefresh } from '#site/staff/session/run-and-refresh.ts'

const TOO_LATE = ['slot_taken', 'report_grew'] as const
const fine = () => Promise.resolve()
const refuse = (code: ErrorCode) => () => Promise.reject(new Refusal(code))

function watched(action: () => Promise<void>, refresh: () => Promise<void>) {
  const [onDone, onStale, refreshed] = [vi.fn(), vi.fn(), vi.fn(refresh)]
  const all = { action, tooLate: TOO_LATE, onDone, onStale, refresh: refreshed }
  return { onDone, onStale, refreshed, running: runAndRefresh(all) }
}

describe('an action', () => {
  test('A successful action counts as done although the refresh fails', async () => {
    const { running, onDone, onStale } = watched(fine, refuse('network'))
    await running
    expect(onDone).toHaveBeenCalledOnce()
    expect(onStale).toHaveBeenCalledOnce()
  })

  test.each(TOO_LATE)(
    'An action that came too late with %s keeps its refusal when the refresh fails',
    async (code) => {
      const { running, onDone, onStale } = watched(refuse(code), refuse('network'))
      await expect(running).rejects.toMatchObject({ code })
      expect(onDone).not.toHaveBeenCalled()
      expect(onStale).toHaveBeenCalledOnce()
    },
  )

  test('An action refused for another reason does not refresh the view', async () => {
    const { running, refreshed } = watched(refuse('network'), fine)
    await expect(running).rejects.toMatchObject({ code: 'network' })
    expect(refreshed).not.toHaveBeenCalled()
  })

  test('A refresh that is refused with signed_out reports the end of the session', async () => {
    await expect(watched(fine, refuse('signed_out')).running).rejects.toMatchObject({
      code: 'signed_out',
    })
  })
})
