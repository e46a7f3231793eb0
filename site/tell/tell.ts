// Page `tell`: a report is sealed here, sent, and answered with a return number.
import { KIND } from '#protocol/envelope'
import { groupReceipt } from '#protocol/receipt'
import { keepDraft } from './draft.ts'
import { keyRing } from './keys.ts'
import { proved, searchProof } from './prove.ts'
import { watchReceipt } from './receipt.ts'
import { sealWords, type Words } from './seal.ts'
import { sendReport } from './send.ts'
import { announceScript, byId, goTo, on, page } from './view.ts'
import { watchWriting } from './writing.ts'

const PAUSE_IN_TYPING_MS = 1500

const form = byId<HTMLFormElement>('form')
const ring = keyRing(page)
let timer = 0

function words(): Words {
  const filled = new FormData(form)
  const said = (name: string): string => String(filled.get(name) || '').trim()
  const [place, how, when, avoid] = ['place', 'contactHow', 'contactWhen', 'contactAvoid'].map(said)
  const door = said('door')
  return {
    kind: door === 'me' ? KIND.helpForMe : door === 'other' ? KIND.helpForAnother : KIND.tip,
    danger: said('danger') === 'yes',
    numbered: !said('noReceipt'),
    said: {
      lang: page.lang,
      text: said('text'),
      ...(place && { place }),
      ...((how || when || avoid) && {
        contact: { ...(how && { how }), ...(when && { when }), ...(avoid && { avoid }) },
      }),
    },
  }
}

const now = (): string => JSON.stringify(words())
const draft = keepDraft(now, () => sealWords(ring, words()), searchProof)

watchReceipt()
watchWriting({
  form,
  plainly: true,
  now,
  onInput() {
    clearTimeout(timer)
    timer = setTimeout(draft, PAUSE_IN_TYPING_MS)
  },
  send(onRetry) {
    clearTimeout(timer)
    return sendReport(ring, (anew) => proved(draft(anew)), onRetry)
  },
  onSent({ receipt }) {
    byId('receipt').textContent = groupReceipt(receipt)
    byId(receipt ? 'unnumbered' : 'numbered').hidden = true
    form.reset()
    byId('writing').hidden = true
    byId('done').hidden = false
    goTo(byId('arrived'))
  },
})
on('click', byId('plainly'), () => {
  form.submit()
})
announceScript()
