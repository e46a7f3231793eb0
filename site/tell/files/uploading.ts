// Sending files, as the person sees it: below the return number, which stays where it is.
import { ID_BYTES } from '#protocol/limits'
import type { Bytes } from '#protocol/bytes'
import { pause } from '../time.ts'
import { byId } from '../view.ts'
import { bytesOf } from './describe.ts'
import { make, makeBar, makeButton, sizeOf, word } from '../tools/elements.ts'
import type { Patience } from './patience.ts'
import { beginning, sendFiles, wholeLength, type Outgoing } from './send-files.ts'
import { transfer } from './transfer.ts'

/** Where the id stands in an envelope: docs/architecture.md, "Envelope". */
const ID_AT = 8

/** A pause that ends when the connection is back. */
const untilOnline = (ms: number): Promise<unknown> =>
  Promise.race([
    pause(ms),
    new Promise((done) => {
      addEventListener('online', done, { once: true })
    }),
  ])

/**
 * @param all  nothing that the person chose was left behind
 * @returns resolves when everything has arrived that can
 */
export function upload(envelope: Bytes, files: Outgoing[], all: boolean): Promise<void> {
  const owner = envelope.slice(ID_AT, ID_AT + ID_BYTES)
  const at = beginning()
  const asks = onbeforeunload
  const whole = wholeLength(files)

  const box = make('div', '', 'note unprinted')
  box.style.marginBottom = '16px'
  const said = make('p')
  said.setAttribute('role', 'status')
  const bar = makeBar(whole)
  bar.setAttribute('aria-label', word('list'))
  const moved = make('p', '', 'soft')
  box.append(bar, said, moved)
  // Below the number and the word to write it down, so that both are seen together on a small screen.
  const number = byId('receipt')
  const above = number.textContent ? number.nextElementSibling : byId('unnumbered')
  ;(above || byId('arrived')).after(box)

  const show = (): void => {
    bar.value = at.sent
    moved.textContent = word('moved', { sent: sizeOf(at.sent), whole: sizeOf(whole) })
  }

  return new Promise((done) => {
    let stop: (() => void) | null = null
    const press = makeButton('', () => {
      if (stop) stop()
      else void run()
    })
    box.append(press)

    const run = async (): Promise<void> => {
      // Each run has a stop of its own: one that was stopped ends after its last try, and never moves on.
      let isStopped = false
      const rest = (words: string): void => {
        stop = null
        onbeforeunload = asks
        said.textContent = words
        press.textContent = word('go_on')
      }
      stop = () => {
        isStopped = true
        rest(word('stopped'))
      }
      press.textContent = word('stop_sending')
      said.textContent = word('uploading')
      onbeforeunload = () => true
      show()
      const patience: Patience = {
        transfer,
        pause: untilOnline,
        now: Date.now,
        isStopped: () => isStopped,
        onWait: () => {
          if (!isStopped) said.textContent = word('waiting')
        },
      }
      const moveOn = (): void => {
        said.textContent = word('uploading')
        show()
      }
      const lost = await sendFiles(owner, files, at, patience, bytesOf, moveOn)
      if (!lost) return
      // A report that was not known yet may be known now, a card may be back in the phone: trying again is the person's to say.
      if (lost.length) rest(word('lost', { names: lost.join(', ') }))
      else {
        onbeforeunload = asks
        for (const element of [bar, moved, press]) element.remove()
        said.textContent = word(all ? 'uploaded' : 'uploaded.listed')
      }
      done()
    }
    void run()
  })
}
