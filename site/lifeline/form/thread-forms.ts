// Makes a thread's two forms: one for a follow-up, with a checkbox for danger, and one for ending
// the thread. No field has a name, so that no words are sent if the browser submits a form by
// itself.
import { byId } from '../dom/by-id.ts'
import { make, word } from '../dom/elements.ts'
import { add } from '../dom/panel.ts'

export interface ThreadForms {
  form: HTMLFormElement
  text: HTMLTextAreaElement
  danger: HTMLInputElement
  status: HTMLElement
  endForm: HTMLFormElement
  endStatus: HTMLElement
  /** empties the fields and hides the emergency calls */
  empty: () => void
}

function addStatus(parent: Element): HTMLElement {
  const status = add(parent, 'p')
  status.setAttribute('role', 'status')
  return status
}

/**
 * Adds the checkbox for danger. While the checkbox is ticked, the page's emergency calls appear
 * below it.
 */
function addDanger(form: Element): HTMLInputElement {
  // The row is a separate element, because the checkbox is positioned at the start of its row.
  const row = add(form, 'div')
  const box = add(row, 'input', '', 'dot')
  box.type = 'checkbox'
  box.id = 'yes'
  box.autocomplete = 'off'
  add(row, 'label', word('answer.danger')).htmlFor = box.id
  const calls = form.appendChild(byId('home'))
  box.addEventListener('change', () => {
    calls.hidden = !box.checked
  })
  return box
}

/** Adds both forms to `place`, the thread's element on the page. */
export function addThreadForms(place: Element): ThreadForms {
  const form = add(place, 'form')
  form.id = 'form'
  form.spellcheck = false
  const label = add(form, 'label', word('answer.again'), 'over')
  const error = form.appendChild(make('p', '', 'wrong'))
  error.id = 'text-error'
  const text = add(form, 'textarea')
  text.id = label.htmlFor = 'text'
  text.rows = 3
  // Firefox saves a field's content in its session file unless the field forbids that.
  text.autocomplete = 'off'
  text.setAttribute('aria-describedby', 'text-error')
  const danger = addDanger(form)
  const status = addStatus(form)
  // The style sheet selects the status by this id.
  status.id = 'status'
  add(form, 'button', word('tell.send'), 'go')

  add(place, 'p', word('done.again'))
  const endForm = add(place, 'form')
  endForm.id = 'end'
  const fold = add(endForm, 'details')
  add(fold, 'summary', word('answer.destroy'))
  add(fold, 'p', word('answer.destroy.what'))
  const endStatus = addStatus(fold)
  fold.append(make('button', word('answer.destroy.yes')))
  return {
    ...{ form, text, danger, status, endForm, endStatus },
    empty: () => {
      form.reset()
      byId('home').hidden = true
      fold.open = false
    },
  }
}
