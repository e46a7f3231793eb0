// Starts the staff app. First freezes the prototype that all objects share, so that a stranger's
// text cannot change the values in a table. Then removes an invitation's token from the address,
// before the app renders.
import { render } from 'preact'
import { fromB64 } from '#protocol/bytes'
import { linkInAddress } from '../crypto/invitation-link.ts'
import { freezePrototype } from '../crypto/prototype-guard.ts'
import { MessagesProvider } from '../i18n/messages-provider.tsx'
import { StaffApp } from './app.tsx'

freezePrototype()
const invitation = linkInAddress(location.hash)
if (location.hash) history.replaceState(null, '', location.pathname)
// Opening a link in this tab may change only the fragment of the address, which does not reload the
// page.
addEventListener('hashchange', () => {
  if (linkInAddress(location.hash)) location.reload()
})

const app = document.getElementById('app')
if (app)
  render(
    <MessagesProvider>
      <StaffApp root={fromB64(app.dataset['root'] ?? '')} invitation={invitation} />
    </MessagesProvider>,
    app,
  )
