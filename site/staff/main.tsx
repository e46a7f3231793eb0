// Starts the staff app. An invitation's secret is taken out of the address before anything else happens.
import { render } from 'preact'
import { App } from './app.tsx'
import { invitationSecretIn } from './keys/invite.ts'
import { WordsProvider } from './words.tsx'

const invitation = invitationSecretIn(location.hash)
if (location.hash) history.replaceState(null, '', location.pathname)

const root = document.getElementById('app')
if (root)
  render(
    <WordsProvider>
      <App invitation={invitation} />
    </WordsProvider>,
    root,
  )
