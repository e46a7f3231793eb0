// Page `help` is whole without a script: the chosen country is drawn first by its style. With one it also stands first, for ears, for
// the keyboard and in a copy that is saved, the quick exit works, and a
// page that a frozen connection does not bring is asked for again.
import { askAgain } from '../components/ask-again.ts'
import { watchQuickExit } from '../components/quick-exit.ts'

onload = onhashchange = () => {
  const country = document.querySelector('section:target')
  if (country && country.parentElement) country.parentElement.prepend(country)
}
watchQuickExit()
askAgain()
