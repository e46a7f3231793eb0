// Starts the staff app. First freezes the prototype of all objects, so that no stranger's words can
// change the values of a table. Then removes an invitation's secret from the address, before the
// app renders.
import { render } from 'preact'
import { StaffApp } from './app.tsx'
import { freezePrototype } from './prototype-guard.ts'
import { invitationSecretIn } from './crypto/invite.ts'
import { MessagesProvider } from './i18n/messages.tsx'

freezePrototype()
const invitation = invitationSecretIn(location.hash)
if (location.hash) history.replaceState(null, '', location.pathname)

const root = document.getElementById('app')
if (root)
  render(
    <MessagesProvider>
      <StaffApp invitation={invitation} />
    </MessagesProvider>,
    root,
  )
