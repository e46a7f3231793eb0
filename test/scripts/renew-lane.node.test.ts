import { afterEach, expect, test, vi } from 'vitest'
import { renewLane, serveRenewals } from '#scripts/test/renew-lane'

let stop = (): void => undefined
afterEach(() => {
  stop()
  vi.unstubAllEnvs()
})

test('A test process has its own lane renewed, and waits until that is done', async () => {
  const done: number[] = []
  ;({ stop } = await serveRenewals(async (lane) => {
    await Promise.resolve()
    done.push(lane)
  }))
  await renewLane(1)
  expect(done).toEqual([1])
})

test('A server that does not start again is an error with the number of its lane', async () => {
  const printed = vi.spyOn(console, 'error').mockReturnValue()
  const fault = new Error('no port')
  ;({ stop } = await serveRenewals(() => Promise.reject(fault)))
  await expect(renewLane(0)).rejects.toThrow('The server of lane 0 did not start again.')
  expect(printed).toHaveBeenCalledWith(fault)
})
