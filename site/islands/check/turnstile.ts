// Cloudflare's widget. Its script is the only one of another host on the whole site: it is loaded here, after a click.

/** What Turnstile's script puts into the window, as far as it is used here. */
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
 * The one policy that the page's CSP allows: scripts come from Turnstile's host or not at all. Markup that Turnstile writes may
 * pass, since the CSP runs no script and no handler in it.
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
  if (window.turnstile) return window.turnstile
  allowTurnstile()
  const script = document.createElement('script')
  await new Promise((done, fail) => {
    script.onload = done
    script.onerror = fail
    script.setAttribute('src', SCRIPT)
    document.head.appendChild(script)
  })
  if (!window.turnstile) throw new Error('turnstile')
  return window.turnstile
}

/** Shows the widget and gives its token. Rejects when it cannot be had, for whatever reason. */
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
