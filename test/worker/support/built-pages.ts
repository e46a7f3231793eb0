// Provides stand-ins for the built pages, with the slots that the worker fills.
const CSP = "default-src 'none'; style-src 'sha256-page'"

const TELL = `<!doctype html><p data-slot="error" hidden></p><form>
<input type="radio" name="door" value="see" checked><input type="radio" name="door" value="me">\
<input type="radio" name="door" value="other">
<input type="radio" name="danger" value="yes"><input type="radio" name="danger" value="no">
<textarea name="text"></textarea><input name="place">\
<input type="radio" name="contact.how" value="" checked hidden>\
<input type="radio" name="contact.how" value="By phone"><input name="contact.how">
<select name="contact.when"><option value="">-</option>\
<option value="evening">evening</option></select>
<input name="contact.avoid"><input type="checkbox" name="signs" value="DebtBondage">\
<input type="checkbox" name="signs" value="TakesEarnings">\
<input type="checkbox" name="signs" value="PhysicalAbuse">\
<input type="checkbox" name="noReceipt" value="yes"><input type="file" name="file"></form>`

const SENT = `<!doctype html><p data-when="empty">nothing here</p>
<p data-when="receipt" hidden>number <b data-slot="receipt"></b></p>\
<p data-when="no-receipt" hidden>no number</p><p data-when="file-lost" hidden>no file</p>\
<p data-when="danger" hidden>call now</p>`

const ANSWER = `<!doctype html><p data-slot="error" hidden></p><p data-slot="done" hidden></p>
<form><textarea name="receipt" id="receipt"></textarea></form>`

const THREAD = `${ANSWER}<ul data-slot="messages" hidden></ul>\
<p data-slot="none" hidden>none yet</p><div data-slot="thread" hidden>
<form><input type="hidden" name="receipt" data-keep><textarea name="text"></textarea>\
<input type="checkbox" name="danger" value="yes"></form></div>`

const COUNTS = ['arrived', 'waiting', 'incomplete', 'refused']
  .map((name) => `<p data-count="${name}" hidden>${name} <b></b></p>`)
  .join('')

const SEND = `<!doctype html><p data-slot="error" hidden></p><p data-slot="done" hidden></p>\
<div data-slot="part" hidden>
${COUNTS}</div>
<form><textarea name="text"></textarea></form>`

const PAGES: Readonly<Record<string, string>> = {
  '/': '<!doctype html>choose',
  '/404': '<!doctype html>missing',
  '/ky/404/': '<!doctype html>жок',
  '/ky/tell/form/': TELL,
  '/ky/tell/sent/': SENT,
  '/ky/answer/': ANSWER,
  '/ky/answer/thread/': THREAD,
  '/ky/send/': SEND,
  '/en/tell/form/': TELL,
  '/en/tell/sent/': SENT,
  '/en/answer/': ANSWER,
  '/en/answer/thread/': THREAD,
  '/staff': 'staff /staff',
  '/staff/': 'staff /staff/',
  '/_astro/app.js': 'staff /_astro/app.js',
}

/** Returns a binding like ASSETS that serves the pages with their policies, and the root key. */
export const builtPages = (rootB64: string) =>
  ({
    fetch: (input: RequestInfo | URL) => {
      const path = new URL(input instanceof Request ? input.url : String(input)).pathname
      const page = path === '/root-key.txt' ? rootB64 : PAGES[path]
      return Promise.resolve(
        page === undefined
          ? new Response(null, { status: 404 })
          : new Response(page, {
              headers: {
                'Content-Type': 'text/html; charset=utf-8',
                'Content-Security-Policy': CSP,
              },
            }),
      )
    },
  }) as unknown as Fetcher

export const PAGE_POLICY = CSP
