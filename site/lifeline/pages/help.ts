// Page `help`: works without a script, because its style shows only the chosen country. The script
// moves the country to the beginning of the document, for screen readers, keyboard use and copying.
// The script also handles the quick exit, and requests a page again when the connection freezes.
import { askAgain } from '../../enhance/ask-again.ts'
import { watchQuickExit } from '../../enhance/quick-exit.ts'

onload = onhashchange = () => {
  const country = document.querySelector('section:target')
  if (country && country.parentElement) country.parentElement.prepend(country)
}
watchQuickExit()
// Shows the keys for the quick exit, which work from now on.
document.documentElement.className = 'js'
askAgain()
