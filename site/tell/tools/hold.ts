// Tool: other ways to keep the return number than by heart or on paper. Each is told with what it leaves on the phone.
import { calendarEntry, contactCard, spokenDigits } from './hold-forms.ts'
import { word } from './elements.ts'
import { leaveTool } from './leave.ts'
import { add, addButton, addField, addWay, openPanel, saveFile } from './parts.ts'
import type { Tool } from '../tools.ts'

const hold: Tool = (_, button) => {
  const shown = (document.getElementById('receipt') as HTMLElement).textContent
  const panel = openPanel(button.closest('p') || button, word('title'))
  offerVoice(panel, shown)
  offerPicture(panel, shown)
  offerContact(panel, shown)
  offerReminder(panel, shown)
  const paper = addWay(panel, word('paper'), word('paper_leaves'))
  addButton(paper, word('paper_go'), () => {
    print()
  })
}

/** A voice of the phone itself: others send what they read to a service. */
const voiceFor = (lang: string): SpeechSynthesisVoice | undefined =>
  speechSynthesis
    .getVoices()
    .filter((voice) => voice.localService && voice.lang.startsWith(lang))[0]

function offerVoice(panel: HTMLElement, shown: string): void {
  const way = addWay(panel, word('voice'), word('voice_leaves'))
  const told = add(way, 'p')
  told.setAttribute('role', 'status')
  const read = (langs: string[]): void => {
    const voice = 'speechSynthesis' in window && langs.map(voiceFor).filter(Boolean)[0]
    if (!voice) {
      told.textContent = word('voice_none')
      return
    }
    told.textContent = voice.lang.startsWith(langs[0] as string) ? '' : word('voice_other')
    const spoken = new SpeechSynthesisUtterance(spokenDigits(shown))
    spoken.voice = voice
    spoken.lang = voice.lang
    spoken.rate = 0.7
    speechSynthesis.cancel()
    speechSynthesis.speak(spoken)
  }
  // Digits in Russian are understood where a phone has no Kyrgyz voice, as nearly all have none.
  const { lang } = document.documentElement
  addButton(way, word('voice_go'), () => {
    read(lang === 'ky' ? ['ky', 'ru'] : [lang])
  })
  addButton(way, word('voice_stop'), () => {
    if ('speechSynthesis' in window) speechSynthesis.cancel()
  })
  // Browsers that read their voices on the first question have them at the second.
  if ('speechSynthesis' in window) speechSynthesis.getVoices()
}

function offerPicture(panel: HTMLElement, shown: string): void {
  const way = addWay(panel, word('picture'), word('picture_leaves'))
  const told = add(way, 'p')
  told.setAttribute('role', 'status')
  addButton(way, word('picture_save'), () => {
    const canvas = document.createElement('canvas')
    canvas.width = 720
    canvas.height = 480
    const pen = canvas.getContext('2d')
    if (!pen) return
    pen.fillStyle = '#e8e4da'
    pen.fillRect(0, 0, canvas.width, canvas.height)
    // Browsers that guard against being recognised give back noise instead of what was drawn.
    if (pen.getImageData(5, 5, 1, 1).data[0] !== 0xe8) {
      told.textContent = word('picture_none')
      return
    }
    pen.fillStyle = '#33302a'
    pen.font = '56px monospace'
    const groups = shown.split(' ')
    for (let line = 0; line * 2 < groups.length; line++)
      pen.fillText(groups.slice(line * 2, line * 2 + 2).join('   '), 130, 110 + line * 100)
    canvas.toBlob((blob) => {
      if (blob) saveFile(word('picture_name'), blob)
    })
  })
}

function offerContact(panel: HTMLElement, shown: string): void {
  const way = addWay(panel, word('contact'), word('contact_leaves'))
  const name = addField(way, 'input', word('contact_name'))
  name.value = word('contact_default')
  addButton(way, word('contact_save'), () => {
    const card = contactCard(name.value || word('contact_default'), shown)
    saveFile('contact.vcf', new Blob([card], { type: 'text/vcard' }))
  })
}

function offerReminder(panel: HTMLElement, shown: string): void {
  const way = addWay(panel, word('reminder'), word('reminder_leaves'))
  const words = addField(way, 'input', word('reminder_words'))
  words.value = word('reminder_default')
  const days = addField(way, 'input', word('reminder_days'))
  days.type = 'number'
  days.min = '1'
  days.max = '60'
  days.value = '3'
  const row = add(way, 'label', '', 'row')
  row.style.marginTop = '.5rem'
  const numbered = add(row, 'input', '', 'dot')
  numbered.type = 'checkbox'
  row.append(word('reminder_number'))
  addButton(way, word('reminder_save'), () => {
    const entry = calendarEntry(
      words.value || word('reminder_default'),
      Math.min(60, Math.max(1, Math.round(Number(days.value)) || 3)),
      numbered.checked ? shown : '',
      new Date(),
    )
    saveFile('event.ics', new Blob([entry], { type: 'text/calendar' }))
  })
}

leaveTool(hold)
