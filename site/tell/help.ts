// Page `help` is whole without a script: the chosen country is drawn first by its style. With one it also stands first, for ears, for
// the keyboard and in a copy that is saved, and the quick exit works.
import { watchQuickExit } from '../components/quick-exit.ts'

function putFirst(): void {
  // Not `:target`: while the page still loads, nothing may be that yet.
  for (const country of document.querySelectorAll('section'))
    if (location.hash === '#' + country.id && country.parentElement)
      country.parentElement.prepend(country)
}
onhashchange = putFirst
putFirst()
watchQuickExit()
