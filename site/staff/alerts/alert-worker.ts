// The service worker of the staff host: shows each call from the edge as a notification. The build
// writes this worker to ALERT_WORKER. The call contains only the number of a sentence; the worker
// contains the sentences. The worker does not respond to page requests, stores nothing and opens
// only the staff app.
import { languages } from '#content/languages.ts'
import { alertStrings } from '#content/strings.ts'
import { alertOfNumber } from '#protocol/staff/alerts/alert-number'
import { browserLanguage } from '../i18n/browser-language.ts'

interface Pushed extends ExtendableEvent {
  data: { text: () => string } | null
}
interface Pressed extends ExtendableEvent {
  notification: Notification
}
interface ExtendableEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void
}
interface OpenTab {
  url: string
  focus: () => Promise<unknown>
}
interface AlertScope {
  registration: ServiceWorkerRegistration
  clients: {
    matchAll: (options: { type: 'window' }) => Promise<OpenTab[]>
    openWindow: (address: string) => Promise<unknown>
  }
  addEventListener: ((type: 'push', listener: (event: Pushed) => void) => void) &
    ((type: 'notificationclick', listener: (event: Pressed) => void) => void)
}

/** Returns the scope of a service worker, which the types of a page do not declare. */
const alertScope = (): AlertScope => self as unknown as AlertScope

const scope = alertScope()
const STAFF_PAGE = '/staff/'
/** A newer notification replaces an older one, so that a locked screen does not reveal a count. */
const TAG = 'waits'

scope.addEventListener('push', (event) => {
  // A service worker has no page from which it could read the chosen language.
  const [first] = languages
  const sentences = alertStrings[browserLanguage(first)]
  const sentence = sentences[`alert.${alertOfNumber(event.data?.text() ?? '')}`]
  const options = { tag: TAG, renotify: true } as object
  event.waitUntil(scope.registration.showNotification(sentence, options))
})

scope.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(showApp())
})

async function showApp(): Promise<void> {
  const tabs = await scope.clients.matchAll({ type: 'window' })
  const open = tabs.find(({ url }) => new URL(url).pathname === STAFF_PAGE)
  await (open ? open.focus() : scope.clients.openWindow(STAFF_PAGE))
}
