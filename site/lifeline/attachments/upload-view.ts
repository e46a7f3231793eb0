// Shows the upload of files below the return number, and lists the files that were not sent. The
// number stays at its place on the page.
import type { Bytes } from '#protocol/bytes'
import { untilOnline } from '../network/timeout.ts'
import { byId } from '../dom/by-id.ts'
import { readBytes } from './describe-file.ts'
import { make, makeBar, makeButton, formatSize, word } from '../dom/elements.ts'
import type { RetryOptions } from '../network/retry-chunk.ts'
import { beginning, uploadFiles, wholeLength, type Outgoing } from './upload-file.ts'
import { transfer } from '../network/chunk.ts'
import type { ToolContext } from '../dom/loader.ts'

/**
 * Uploads files and shows the progress.
 *
 * @param all  true when the report lists every file that the person chose
 * @returns a promise that resolves after the first run that the person has not stopped
 */
export function upload(
  context: ToolContext,
  envelope: Bytes,
  files: Outgoing[],
  all: boolean,
): Promise<void> {
  const at = beginning()
  const whole = wholeLength(files)

  const box = make('div', '', 'note unprinted')
  box.style.marginBottom = '16px'
  const status = make('p')
  status.setAttribute('role', 'status')
  const bar = makeBar(whole)
  bar.setAttribute('aria-label', word('list'))
  const moved = make('p', '', 'soft')
  box.append(bar, status, moved)
  // Puts the box below the number and its advice, so that the number and the advice fit on one
  // screen.
  const number = byId('receipt')
  const above = number.textContent ? number.nextElementSibling : byId('unnumbered')
  ;(above || byId('arrived')).after(box)

  const show = (): void => {
    bar.value = at.sent
    moved.textContent = word('moved', { sent: formatSize(at.sent), whole: formatSize(whole) })
  }

  return new Promise((done) => {
    let stop: (() => void) | null = null
    const press = makeButton('', () => {
      if (stop) stop()
      else void run()
    })
    box.append(press)

    const run = async (): Promise<void> => {
      // Each run has its own stop flag. A stopped run ends after its current attempt.
      let isStopped = false
      const rest = (words: string): void => {
        stop = null
        context.isUploading = false
        status.textContent = words
        press.textContent = word('go_on')
      }
      stop = () => {
        isStopped = true
        rest(word('stopped'))
      }
      press.textContent = word('stop_sending')
      status.textContent = word('uploading')
      context.isUploading = true
      show()
      const patience: RetryOptions = {
        transfer,
        pause: untilOnline,
        now: Date.now,
        isStopped: () => isStopped,
        onWait: () => {
          if (!isStopped) status.textContent = word('waiting')
        },
      }
      const moveOn = (): void => {
        status.textContent = word('uploading')
        show()
      }
      const lost = await uploadFiles(envelope, files, at, patience, readBytes, moveOn)
      if (!lost) return
      // The person can retry. By then, the report may have reached the edge, or a memory card may
      // be readable again.
      if (lost.length) rest(word('lost', { names: lost.join(', ') }))
      else {
        context.isUploading = false
        for (const element of [bar, moved, press]) element.remove()
        status.textContent = word(all ? 'uploaded' : 'uploaded.listed')
      }
      done()
    }
    void run()
  })
}

const names: string[] = []

/**
 * Lists chosen files that the report does not contain, beside the notice that the report has
 * arrived. Shows these names together with all earlier names.
 */
export function tellLeft(more: string[]): void {
  if (!more.length) return
  names.push(...more)
  const note = document.getElementById('left') || make('p', '', 'wrong unprinted')
  note.id = 'left'
  note.setAttribute('role', 'alert')
  byId('arrived').parentElement?.after(note)
  note.textContent = word('left', { names: names.join(', ') })
}
