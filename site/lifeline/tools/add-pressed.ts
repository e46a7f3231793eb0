// Shows short choices as buttons, of which at most one is pressed. The form does not send these
// buttons.
import { add } from '../dom/panel.ts'
import { makeButton } from '../dom/elements.ts'

/**
 * Adds a question with its choices. Pressing a button calls `choose` with the button's value.
 *
 * @returns the buttons
 */
export function addPressed(
  parent: Element,
  title: string,
  choices: readonly [value: string, words: string][],
  choose: (value: string) => void,
): HTMLButtonElement[] {
  const heading = add(parent, 'h2', title)
  const group = add(parent, 'div')
  group.setAttribute('role', 'group')
  group.setAttribute('aria-label', title)
  heading.style.marginTop = '.5rem'
  const chips = choices.map(([value, words]) => {
    const chip = makeButton(words, () => {
      for (const each of chips) {
        each.setAttribute('aria-pressed', String(each === chip))
        // The page's colour for a pressed button is hardly visible in dark mode.
        each.style.boxShadow = each === chip ? 'inset 0 0 0 2px' : ''
      }
      choose(value)
    })
    chip.setAttribute('aria-pressed', 'false')
    chip.style.cssText =
      'min-height:44px;margin:0 8px 8px 0;padding:8px 14px;font-weight:400;line-height:1.2'
    group.append(chip)
    return chip
  })
  return chips
}
