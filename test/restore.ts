// Runs once for each test file. The test files in one process share modules and globals, so each
// file restores what it has replaced.
import { afterAll, vi } from 'vitest'

afterAll(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
