// Shows a PDF inside the app, so that staff can read the PDF without saving it. The page is blurred
// at first, as pictures are. The text of the page is shown below, for screen readers and for
// copying.
import { useEffect, useRef, useState } from 'preact/hooks'
import { type Bytes } from '#protocol/bytes'
import { Refusal } from '#protocol/errors'
import { useMessages } from '../../../../i18n/messages.tsx'
import { ErrorMessage } from '../../../../ui/errors.tsx'
import { LookButton, type Look } from '../look-button.tsx'
import { openPdf, type OpenPdf } from './open-pdf.ts'
import { PdfPage } from './pdf-page.tsx'

type State =
  | { is: 'closed' }
  | { is: 'opening' }
  | { is: 'failed'; why: unknown }
  | { is: 'open'; pdf: OpenPdf }

export function PdfPreview({ content }: { content: Bytes }) {
  const { t } = useMessages()
  const [state, setState] = useState<State>({ is: 'closed' })
  const running = useRef(new AbortController())
  const box = useRef<HTMLDivElement>(null)

  const open = async (): Promise<void> => {
    const { signal } = (running.current = new AbortController())
    setState({ is: 'opening' })
    try {
      const pdf = await openPdf(content, signal)
      if (signal.aborted) pdf.close()
      else setState({ is: 'open', pdf })
    } catch (why) {
      if (!signal.aborted) setState({ is: 'failed', why })
    }
  }
  const close = (): void => {
    running.current.abort()
    if (state.is === 'open') state.pdf.close()
    // The pressed button disappears, so the focus moves to the preview.
    box.current?.focus()
    setState({ is: 'closed' })
  }
  useEffect(() => () => running.current.abort(), [])
  const pdf = state.is === 'open' ? state.pdf : null
  useEffect(() => () => pdf?.close(), [pdf])

  return (
    <div class="pdf" ref={box} tabIndex={-1}>
      <div role="status">{state.is === 'opening' && <p>{t('staff.pdf.opening')}</p>}</div>
      {state.is === 'failed' && <Failure why={state.why} />}
      {pdf && <PdfPages pdf={pdf} />}
      {state.is === 'open' || state.is === 'opening' ? (
        <button type="button" onClick={close}>
          {t(state.is === 'open' ? 'staff.pdf.close' : 'staff.file.cancel')}
        </button>
      ) : (
        <LookButton look="covered" showKey="staff.pdf.show" onLook={() => void open()} />
      )}
    </div>
  )
}

function Failure({ why }: { why: unknown }) {
  const { t } = useMessages()
  const isBroken = why instanceof Refusal && why.code === 'cannot_open'
  if (!isBroken) return <ErrorMessage why={why} />
  return (
    <p class="refused" role="alert">
      {t('staff.pdf.unshown')}
    </p>
  )
}

/** The widths of a page: as wide as the card, and two larger ones. */
const SIZES = [1, 1.75, 3] as const

function PdfPages({ pdf }: { pdf: OpenPdf }) {
  const { t } = useMessages()
  const [look, setLook] = useState<Look>('blurred')
  const [n, setN] = useState(1)
  const [size, setSize] = useState(0)
  const heading = useRef<HTMLParagraphElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const step = (key: 'back' | 'next' | 'smaller' | 'larger', can: boolean, go: () => void) => (
    <button type="button" aria-disabled={!can} onClick={() => can && go()}>
      {t(`staff.pdf.${key}`)}
    </button>
  )
  return (
    <>
      <p class="pdf-count" ref={heading} tabIndex={-1} role="status">
        {t('staff.pdf.page', { n, m: pdf.pages })}
      </p>
      <div class="verbs">
        <LookButton look={look} showKey="staff.pdf.show" onLook={setLook} />
        {pdf.pages > 1 && (
          <>
            {step('back', n > 1, () => setN(n - 1))}
            {step('next', n < pdf.pages, () => setN(n + 1))}
          </>
        )}
        {step('smaller', size > 0, () => setSize(size - 1))}
        {step('larger', size < SIZES.length - 1, () => setSize(size + 1))}
      </div>
      <PdfPage
        key={`${n} ${size}`}
        pdf={pdf}
        n={n}
        times={SIZES[size] ?? 1}
        size={size}
        isBlurred={look !== 'clear'}
      />
    </>
  )
}
