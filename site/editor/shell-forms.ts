// Makes the forms for a new page and a new country. Each asks for everything that the new text needs
// in any file, so that no place is forgotten.
import { languages, OWN_NAMES } from '#content/languages.ts'
import type { Choice } from './lists.ts'

type Label = (key: string) => string

/** Makes words safe inside markup. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0) ?? 38};`)

/** Makes one field. The hint says in which form to write. */
function line(label: Label, name: string, more: { hint?: string } = {}): string {
  const { hint } = more
  const words = label(`form.${name}.label`)
  return `<label>${escaped(words)}${
    hint === undefined ? '' : ` <small>${escaped(label(hint))}</small>`
  }<input name="${name}" autocomplete="off"></label>`
}

/** Makes the fields of a text in every language. */
const inEach = (label: Label, name: string): string =>
  `<fieldset><legend>${escaped(label(`form.${name}.label`))}</legend>${languages
    .map(
      (lang) =>
        `<label>${OWN_NAMES[lang]}<textarea name="${name}.${lang}" lang="${lang}" rows="2"></textarea></label>`,
    )
    .join('')}</fieldset>`

const numberFields = (label: Label, numbers: readonly Choice[]): string => `
<label>${escaped(label('form.danger.label'))}<select name="danger">
<option value=""></option>
${numbers.map(({ label: words, value }) => `<option value="${value}">${escaped(words)}</option>`).join('')}
<option value="new">${escaped(label('form.new-number'))}</option>
</select></label>
<div id="new-number" hidden>
<p>${escaped(label('form.number-care'))}</p>
${line(label, 'display')}${line(label, 'tel', { hint: 'form.tel' })}
${inEach(label, 'number')}${inEach(label, 'audience')}${inEach(label, 'scope')}
${line(label, 'source')}${line(label, 'latestSource')}
</div>`

/** Returns the form, in a dialog that the page opens. */
export function formOf(
  kind: 'new-page' | 'new-country',
  label: Label,
  numbers: readonly Choice[],
): string {
  const own =
    kind === 'new-page'
      ? line(label, 'name', { hint: 'form.name' })
      : line(label, 'code', { hint: 'form.code' }) + line(label, 'prefix', { hint: 'form.prefix' })
  const texts = ['names', 'descriptions', 'leads'].map((name) => inEach(label, name)).join('')
  return `<dialog id="${kind}"><form method="dialog">
<h2>${escaped(label(`shell.${kind}`))}</h2>
<p>${escaped(label(`form.${kind}`))}</p>
${own}${texts}${kind === 'new-country' ? numberFields(label, numbers) : ''}
<div class="acts">
<button type="button" class="make">${escaped(label('form.make'))}</button>
<button type="button" class="leave">${escaped(label('form.leave'))}</button>
</div>
</form></dialog>`
}
