// Opens an invisible screen, so that a machine without a display can run a browser with a window.
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { endChild, firstMatch } from '#scripts/shared/child-process'

export const XVFB = '/usr/bin/Xvfb'

export interface HiddenScreen {
  /** the value of DISPLAY for a program on this screen */
  display: string
  close: () => Promise<void>
}

/** Opens an Xvfb screen. Rejects when Xvfb does not start. */
export async function openScreen(): Promise<HiddenScreen> {
  const child = spawn(XVFB, ['-displayfd', '3', '-screen', '0', '1280x1024x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const [, number = ''] = await firstMatch(child, child.stdio[3] as Readable, /(\d+)\n/)
  return { display: `:${number}`, close: () => endChild(child) }
}
