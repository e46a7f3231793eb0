// Runs once for each test file. The files of a process share its modules and globals, so each file
// restores what it replaced.
import { afterAll, vi } from 'vitest'

afterAll(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
