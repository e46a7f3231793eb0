// Shows Cloudflare's widget. The widget's script is the only script from another host on the site.
// The script loads only after a click.

/** The part of Turnstile's global object that this file uses. */
interface Turnstile {
  render: (
    holder: HTMLElement,
    options: {
      sitekey: string
      action: string
      callback: (token: string) => void
      'error-callback': () => boolean
      'timeout-callback': () => void
      'unsupported-callback': () => void
    },
  ) => string
  remove: (widget: string) => void
}

interface TrustedTypes {
  readonly defaultPolicy: unknown
  createPolicy: (
    name: string,
    rules: { createHTML: (markup: string) => string; createScriptURL: (url: string) => string },
  ) => unknown
}

declare global {
  interface Window {
    turnstile?: Turnstile
    trustedTypes?: TrustedTypes
  }
}

const HOST = 'https://challenges.cloudflare.com'
const SCRIPT = `${HOST}/turnstile/v0/api.js?render=explicit`

/**
 * Creates the one policy that the page's CSP allows: scripts come only from Turnstile's host.
 * Markup from Turnstile may pass, because the CSP blocks any scripts and handlers in it.
 */
function allowTurnstile(): void {
  if (window.trustedTypes?.defaultPolicy) return
  window.trustedTypes?.createPolicy('default', {
    createHTML: (markup) => markup,
    createScriptURL: (url) => {
      if (new URL(url, location.href).origin !== HOST) throw new TypeError(url)
      return url
    },
  })
}

async function loadScript(): Promise<Turnstile> {
  const loaded = (): Turnstile | undefined => window.turnstile
  const before = loaded()
  if (before) return before
  allowTurnstile()
  const script = document.createElement('script')
  await new Promise((done, fail) => {
    script.onload = done
    script.onerror = fail
    script.setAttribute('src', SCRIPT)
    document.head.appendChild(script)
  })
  const now = loaded()
  if (!now) throw new Error('turnstile')
  return now
}

/** Shows the widget and returns its token. Rejects when, for any reason, no token arrives. */
export async function tokenFrom(
  holder: HTMLElement,
  { sitekey, action }: { sitekey: string; action: string },
): Promise<string> {
  const turnstile = await loadScript()
  let widget = ''
  try {
    return await new Promise<string>((done, fail) => {
      const give = (): void => fail(new Error('widget'))
      widget = turnstile.render(holder, {
        sitekey,
        action,
        callback: done,
        'error-callback': () => (give(), true),
        'timeout-callback': give,
        'unsupported-callback': give,
      })
    })
  } finally {
    if (widget) turnstile.remove(widget)
  }
}
