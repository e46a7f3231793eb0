// Draws one page of a PDF on a canvas, and shows its text below on request.
import { useEffect, useRef, useState } from 'preact/hooks'
import { useMessages } from '../../../../i18n/messages.tsx'
import { UntrustedText } from '../../../../ui/untrusted-text.tsx'
import { type OpenPdf } from './open-pdf.ts'

interface PdfPageProps {
  pdf: OpenPdf
  /** from 1 */
  n: number
  /** the width of the page, as a multiple of the card's width */
  times: number
  /** the number by which the style sheet identifies this width */
  size: number
  isBlurred: boolean
}

/** A higher pixel ratio costs memory without a visible gain. */
const MOST_PIXELS_A_POINT = 2

export function PdfPage({ pdf, n, times, size, isBlurred }: PdfPageProps) {
  const { t } = useMessages()
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [state, setState] = useState<'drawing' | 'drawn' | 'failed'>('drawing')
  useEffect(() => {
    const drawing = new AbortController()
    const draw = async (): Promise<void> => {
      if (!canvas.current || !box.current) return
      const pixels = Math.min(devicePixelRatio, MOST_PIXELS_A_POINT)
      const width = box.current.clientWidth * times * pixels
      await pdf.draw(n, canvas.current, width, drawing.signal)
      setState('drawn')
    }
    draw().catch(() => {
      if (!drawing.signal.aborted) setState('failed')
    })
    return () => drawing.abort()
  }, [])
  return (
    <>
      {state === 'failed' && (
        <p class="refused" role="alert">
          {t('staff.pdf.page.unshown')}
        </p>
      )}
      <div
        ref={box}
        class={`picture pdf-page is-size-${size} is-${isBlurred ? 'blurred' : 'clear'}`}
        // This lets the keyboard scroll a page that is larger than its box.
        tabIndex={0}
        role="group"
        aria-label={t('staff.pdf.page', { n, m: pdf.pages })}
        aria-busy={state === 'drawing'}
      >
        <canvas ref={canvas} role="img" aria-label={t('staff.pdf.alt')} />
      </div>
      {!isBlurred && <PageWords pdf={pdf} n={n} />}
    </>
  )
}

function PageWords({ pdf, n }: Pick<PdfPageProps, 'pdf' | 'n'>) {
  const { t } = useMessages()
  const [words, setWords] = useState<string | null>(null)
  useEffect(() => {
    let isGone = false
    const show = (text: string): void => {
      if (!isGone) setWords(text)
    }
    pdf.wordsOf(n).then(show, () => show(''))
    return () => void (isGone = true)
  }, [])
  if (words === null) return null
  if (words === '') return <p class="hint">{t('staff.pdf.words.none')}</p>
  return (
    <details>
      <summary>{t('staff.pdf.words')}</summary>
      <UntrustedText text={words} />
    </details>
  )
}
