// Makes the forms for a new page and a new country. Each form asks for everything that the new text
// needs in any file.
import { languages, OWN_NAMES } from '#content/languages.ts'
import type { ListEntry } from './lists.ts'

type Label = (key: string) => string

/** Escapes words for use inside markup. */
export const inMarkup = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0) ?? 38};`)

/** Makes one field. The hint explains the format of the value. */
function line(label: Label, name: string, more: { hint?: string } = {}): string {
  const { hint } = more
  const words = label(`form.${name}.label`)
  const small = hint === undefined ? '' : ` <small>${inMarkup(label(hint))}</small>`
  return `<label>${inMarkup(words)}${small}<input name="${name}" autocomplete="off"></label>`
}

/** Makes the fields of a text in every language. */
const inEach = (label: Label, name: string): string =>
  `<fieldset><legend>${inMarkup(label(`form.${name}.label`))}</legend>${languages
    .map((lang) => {
      const field = `<textarea name="${name}.${lang}" lang="${lang}" rows="2"></textarea>`
      return `<label>${OWN_NAMES[lang]}${field}</label>`
    })
    .join('')}</fieldset>`

const numberFields = (label: Label, numbers: readonly ListEntry[]): string => `
<label>${inMarkup(label('form.danger.label'))}<select name="danger">
<option value=""></option>
${numbers
  .map(({ label: words, value }) => `<option value="${value}">${inMarkup(words)}</option>`)
  .join('')}
<option value="new">${inMarkup(label('form.new-number'))}</option>
</select></label>
<div id="new-number" hidden>
<p>${inMarkup(label('form.number-care'))}</p>
${line(label, 'display')}${line(label, 'tel', { hint: 'form.tel' })}
${inEach(label, 'number')}${inEach(label, 'audience')}${inEach(label, 'scope')}
${line(label, 'source')}${line(label, 'latestSource')}
</div>`

/** Returns the form, in a dialog that the page opens. */
export function formOf(
  kind: 'new-page' | 'new-country',
  label: Label,
  numbers: readonly ListEntry[],
): string {
  const own =
    kind === 'new-page'
      ? line(label, 'name', { hint: 'form.name' })
      : line(label, 'code', { hint: 'form.code' }) + line(label, 'prefix', { hint: 'form.prefix' })
  const texts = ['names', 'descriptions', 'leads'].map((name) => inEach(label, name)).join('')
  return `<dialog id="${kind}"><form novalidate>
<h2>${inMarkup(label(`shell.${kind}`))}</h2>
<p>${inMarkup(label(`form.${kind}`))}</p>
${own}${texts}${kind === 'new-country' ? numberFields(label, numbers) : ''}
<div class="acts">
<button class="make">${inMarkup(label('form.make'))}</button>
<button type="button" class="leave">${inMarkup(label('form.leave'))}</button>
</div>
</form></dialog>`
}
