// Page `help` is whole without a script. With one, a link to a country also opens it, and the quick exit works.
import { watchQuickExit } from '../components/quick-exit.ts'

for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a[href^="#"]'))
  link.addEventListener('click', () => {
    const country = document.querySelector<HTMLDetailsElement>(link.hash)
    if (country) country.open = true
  })
watchQuickExit()
