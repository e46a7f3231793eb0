// Opens this machine's browsers as readers, each with a window and a fresh profile. A machine
// without a display needs Xvfb.
import { existsSync } from 'node:fs'
import { languages } from '#content/languages.ts'
import { organisation } from '#content/organisation.ts'
import { findChromium } from '#scripts/browser/find-chromium'
import { openScreen, XVFB, type HiddenScreen } from '#scripts/browser/open-screen'
import { findFirefox } from '#scripts/test/firefox'
import { messageOf } from '#scripts/verify-host/finding'
import { drawOne } from '#scripts/watch/arrivals'
import { startChromiumReader } from '#scripts/watch/readers/chromium'
import { startFirefoxReader } from '#scripts/watch/readers/firefox'
import type { Reader, ReaderStart } from '#scripts/watch/readers/reader'

export interface OpenReaders {
  readers: Reader[]
  /** the browsers and programs that this machine lacks: `no Firefox` */
  absent: string[]
  /** a sentence for each browser that is installed but did not start */
  failures: string[]
  close: () => Promise<void>
}

interface Kind {
  name: string
  /** a path, or nothing when the browser is missing */
  binary: string | undefined
  start: (start: ReaderStart) => Promise<Reader>
}

/**
 * Returns the languages of a typical browser in the organisation's country, in the format of its
 * settings.
 */
function drawLanguages(): string {
  const lang = drawOne(languages)
  return `${lang}-${organisation.place.country}, ${lang}`
}

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])

/** @param ca  another authority that may sign a host's certificate, in tests */
export async function openReaders(ca?: string): Promise<OpenReaders> {
  const kinds: Kind[] = [
    { name: 'Chromium', binary: findChromium(), start: startChromiumReader },
    { name: 'Firefox', binary: findFirefox(), start: startFirefoxReader },
  ]
  const opened: OpenReaders = {
    readers: [],
    absent: kinds.filter(({ binary }) => !binary).map(({ name }) => `no ${name}`),
    failures: [],
    close: () => Promise.resolve(),
  }
  const here = kinds.filter(({ binary }) => binary)
  if (here.length === 0) return opened
  let screen: HiddenScreen | null = null
  if (!hasDisplay()) {
    if (!existsSync(XVFB))
      return { ...opened, absent: [...opened.absent, 'no display and no Xvfb'] }
    screen = await openScreen()
  }
  for (const { name, binary = '', start } of here)
    try {
      const display = screen?.display ?? null
      const languages = drawLanguages()
      opened.readers.push(
        await start({ binary, display, languages, ...(ca !== undefined && { ca }) }),
      )
    } catch (error) {
      opened.failures.push(`${name} is here and did not start: ${messageOf(error)}.`)
    }
  return {
    ...opened,
    close: async () => {
      for (const reader of opened.readers) await reader.close()
      await screen?.close()
    },
  }
}

/** Returns the sentence that lists the clients that have checked the host. */
export function lookedSentence(names: readonly string[], absent: readonly string[]): string {
  const lacks = absent.length === 0 ? '' : `this machine has ${absent.join(' and ')}`
  if (names.length === 0)
    return (
      `Seen as a script only: ${lacks || 'no browser started'}. ` +
      'Nobody saw a page that is altered for browsers alone.'
    )
  return `Seen by scripts and by ${names.join(' and ')}${lacks === '' ? '' : `; ${lacks}`}.`
}
