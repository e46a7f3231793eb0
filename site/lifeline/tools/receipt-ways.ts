// Makes the panels for keeping the return number: as a picture, a contact, a reminder or speech, or
// on paper. Each panel explains the traces that remain on the phone.
import { word } from '../dom/elements.ts'
import { add, addButton, addField, addWay, saveFile } from '../dom/panel.ts'
import { calendarEntry, contactCard, spokenDigits } from './receipt-formats.ts'

/**
 * The language of the page, and a second language whose spoken digits the page's visitors
 * understand. For some languages, almost no phone has a voice. The build sets this list.
 */
declare const VOICES: string[]

function addStatus(way: Element): HTMLElement {
  const status = add(way, 'p')
  status.setAttribute('role', 'status')
  return status
}

/** Finds a voice on the device itself, because other voices send the text to a service. */
const voiceFor = (lang: string): SpeechSynthesisVoice | undefined =>
  speechSynthesis
    .getVoices()
    .filter((voice) => voice.localService && voice.lang.startsWith(lang))[0]

export function offerVoice(panel: HTMLElement, shown: string): void {
  const way = addWay(panel, word('voice'), word('voice_leaves'))
  const status = addStatus(way)
  const read = (langs: string[]): void => {
    const voice = 'speechSynthesis' in window && langs.map(voiceFor).filter(Boolean)[0]
    if (!voice) {
      status.textContent = word('voice_none')
      return
    }
    status.textContent = voice.lang.startsWith(langs[0] || '') ? '' : word('voice_other')
    const spoken = new SpeechSynthesisUtterance(spokenDigits(shown))
    spoken.voice = voice
    spoken.lang = voice.lang
    spoken.rate = 0.7
    speechSynthesis.cancel()
    speechSynthesis.speak(spoken)
  }
  addButton(way, word('voice_go'), () => {
    read(VOICES)
  })
  addButton(way, word('voice_stop'), () => {
    if ('speechSynthesis' in window) speechSynthesis.cancel()
  })
  // Some browsers load their voices on the first call and return the voices only on the second
  // call.
  if ('speechSynthesis' in window) speechSynthesis.getVoices()
}

export function offerPicture(panel: HTMLElement, shown: string): HTMLElement {
  const way = addWay(panel, word('picture_title'), word('picture_leaves'))
  const status = addStatus(way)
  addButton(way, word('picture_save'), () => {
    const canvas = document.createElement('canvas')
    canvas.width = 720
    canvas.height = 480
    const pen = canvas.getContext('2d')
    if (!pen) return
    pen.fillStyle = '#e8e4da'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    // Browsers that resist fingerprinting return noise from a canvas.
    if (pen.getImageData(5, 5, 1, 1).data[0] !== 0xe8) {
      status.textContent = word('picture_none')
      return
    }
    pen.fillStyle = '#33302a'
    pen.font = '56px monospace'
    // Groups of digits keep their order even on a right-to-left page.
    pen.direction = 'ltr'
    const groups = shown.split(' ')
    for (let line = 0; line * 2 < groups.length; line++)
      pen.fillText(groups.slice(line * 2, line * 2 + 2).join('   '), 130, 110 + line * 100)
    canvas.toBlob((blob) => {
      if (blob) saveFile(word('picture_name'), blob)
    })
  })
  return way
}

export function offerContact(panel: HTMLElement, shown: string): HTMLElement {
  const way = addWay(panel, word('contact_title'), word('contact_leaves'))
  const name = addField(way, 'input', word('contact_name'))
  name.value = word('contact_default')
  addButton(way, word('contact_save'), () => {
    const card = contactCard(name.value || word('contact_default'), shown)
    saveFile('contact.vcf', new Blob([card], { type: 'text/vcard' }))
  })
  return way
}

export function offerReminder(panel: HTMLElement, shown: string): HTMLElement {
  const way = addWay(panel, word('reminder_title'), word('reminder_leaves'))
  const words = addField(way, 'input', word('reminder_words'))
  words.value = word('reminder_default')
  const days = addField(way, 'input', word('reminder_days'))
  days.type = 'number'
  days.min = '1'
  days.max = '60'
  days.value = '3'
  const row = add(way, 'label', '', 'row')
  row.style.display = 'block'
  row.style.marginTop = '.5rem'
  const numbered = add(row, 'input', '', 'dot')
  numbered.type = 'checkbox'
  numbered.autocomplete = 'off'
  add(row, 'span', word('reminder_number'))
  addButton(way, word('reminder_save'), () => {
    const entry = calendarEntry(
      words.value || word('reminder_default'),
      Math.min(60, Math.max(1, Math.round(Number(days.value)) || 3)),
      numbered.checked ? shown : '',
      new Date(),
    )
    saveFile('event.ics', new Blob([entry], { type: 'text/calendar' }))
  })
  return way
}

export function offerPaper(panel: HTMLElement): void {
  const way = addWay(panel, word('paper'), word('paper_leaves'))
  addButton(way, word('paper_go'), () => {
    print()
  })
}

/** Explains which traces a copy leaves on the phone. */
export const offerCopy = (panel: HTMLElement): HTMLElement =>
  addWay(panel, word('copy'), word('copy_leaves'))
