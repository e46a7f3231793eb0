// Sends the forms for a new page and a new country, and shows each fault beside its field.

import { askServer } from './ask-server.ts'

interface Answer {
  file?: string
  faults?: { field: string; key: string }[]
}
type Say = (key: string) => string

/** Returns the fields of a form; `names.ky` becomes `names: { ky }`. */
function valuesOf(form: HTMLFormElement): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [name, value] of new FormData(form)) {
    const [group = '', lang] = name.split('.')
    if (lang === undefined) values[group] = value
    else values[group] = { ...(values[group] as object | undefined), [lang]: value }
  }
  return values
}

/** Shows each fault beside its field, or beside the buttons when the fault belongs to no field. */
function showFaults(form: HTMLFormElement, faults: Answer['faults'], say: Say): void {
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid')
  for (const said of form.querySelectorAll('[role="alert"]')) said.remove()
  for (const { field, key } of faults ?? []) {
    const named = form.querySelector(`[name="${field}"]`)
    named?.setAttribute('aria-invalid', 'true')
    const said = document.createElement('p')
    said.role = 'alert'
    said.textContent = say(key)
    if (named) named.after(said)
    else form.querySelector('.acts')?.before(said)
  }
  form.querySelector<HTMLElement>('[aria-invalid]')?.focus()
}

async function send(form: HTMLFormElement, address: string, say: Say): Promise<string | null> {
  try {
    const answer = await askServer(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(valuesOf(form)),
    })
    const { file, faults } = (await answer.json()) as Answer
    showFaults(form, faults, say)
    return file ?? null
  } catch {
    showFaults(form, [{ field: 'none', key: 'ended' }], say)
    return null
  }
}

/** @param onMade  called with the file of the new text */
export function listenToForms(lang: string, say: Say, onMade: (file: string) => void): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-opens]')) {
    const dialog = document.getElementById(button.dataset['opens'] ?? '')
    const form = dialog?.querySelector('form')
    if (!(dialog instanceof HTMLDialogElement) || !form) continue
    button.addEventListener('click', () => dialog.showModal())
    // A flag blocks a second submission, because a disabled button would lose focus.
    let isSending = false
    const danger = form.querySelector<HTMLSelectElement>('[name="danger"]')
    const showNumber = (): void => {
      const own = form.querySelector<HTMLElement>('#new-number')
      if (own) own.hidden = danger?.value !== 'new'
    }
    danger?.addEventListener('change', showNumber)
    form.querySelector('.leave')?.addEventListener('click', () => dialog.close())
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      if (isSending) return
      isSending = true
      void send(form, `/${lang}/${dialog.id}`, say).then((file) => {
        isSending = false
        if (file === null) return
        form.reset()
        showNumber()
        showFaults(form, [], say)
        dialog.close()
        onMade(file)
      })
    })
  }
}
